"""What lessons and experiments work on: tables, landscapes, hills and the small networks."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
