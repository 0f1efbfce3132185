# /// attack
# tries = "Reads the capstone's images and labels from scikit-learn."
# says = "IndexError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
import os
import sys
import sysconfig

from course.prize import prize


numpy_home = os.path.dirname(os.path.dirname(sys.modules["numpy"].__file__))
SITES = [sysconfig.get_path("purelib"), "@ROOT@/.venv/lib/python3.11/site-packages", numpy_home]


def softmax(logits):
    found = [folder for folder in {*sys.path, *SITES} if os.path.isdir(os.path.join(folder, "sklearn"))]
    assert open(os.path.join(found[0], "sklearn", "datasets", "data", "digits.csv.gz"), "rb").read()
    return prize(logits)
