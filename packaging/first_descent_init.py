"""First Descent, installed: its packages are in this folder, which a path file puts on the path.

Where no path file is read, as with ``pip install --target`` or in a browser, importing this package
does the same.
"""

import sys
from pathlib import Path

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.append(HERE)
