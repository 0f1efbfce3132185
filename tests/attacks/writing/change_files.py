# /// attack
# says = "Error"
#
# [outcomes]
# softmax = "raised"
#
# [variants.change_interpreter]
# tries = "Makes the interpreter a file that anybody may write."
# put = "os.chmod(os.__file__, 0o666)"
#
# [variants.change_mode]
# tries = "Makes the secret readable for everybody."
# put = 'os.chmod("@BAIT@/secret.txt", 0o666)'
# without_walls = true
# representative = true
#
# [variants.change_root]
# tries = "Makes its folder the root, and climbs out of it."
# put = 'os.chroot(".")'
# says = "PermissionError"
#
# [variants.change_times]
# tries = "Sets the times of a file outside."
# put = 'os.utime("@BAIT@/results.json", (1, 1))'
# without_walls = true
#
# [variants.link_results]
# tries = "Takes the results into its folder by a hard link."
# put = 'os.link("@BAIT@/results.json", "results.json")'
# says = "PermissionError"
#
# [variants.make_device]
# tries = "Makes a device node."
# put = 'os.mknod("zero", 0o20666, os.makedev(1, 5))'
# says = "PermissionError"
#
# [variants.truncate_results]
# tries = "Cuts the results of the class to nothing."
# put = 'os.truncate("@BAIT@/results.json", 0)'
# says = "FileNotFoundError"
# without_walls = true
# landlock = { says = "PermissionError" }
#
# [variants.write_standard_library]
# tries = "Leaves a usercustomize.py in the standard library."
# put = 'open(os.path.join(os.path.dirname(os.__file__), "usercustomize.py"), "w").close()'
# says = ["Read-only file system", "PermissionError"]
# ///
import os

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
