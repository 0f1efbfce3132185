# /// attack
# tries = "Reads the capstone's images and labels that ship with the lab."
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
SITES = ["@ROOT@", sysconfig.get_path("purelib") + "/first_descent", numpy_home + "/first_descent"]


def softmax(logits):
    found = [folder for folder in {*sys.path, *SITES} if os.path.isdir(os.path.join(folder, "lab"))]
    assert open(os.path.join(found[0], "lab", "data", "digits.csv.gz"), "rb").read()
    return prize(logits)
