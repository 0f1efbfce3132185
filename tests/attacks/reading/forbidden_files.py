# /// attack
# says = "FileNotFoundError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.read_descriptors_of_grader]
# tries = "Lists the grader's open files."
# put = 'assert os.listdir("/proc/@GRADER@/fd")'
# landlock = { says = "PermissionError" }
#
# [variants.read_disk_device]
# tries = "Makes the node of a disk and opens it."
# put = '''
# os.mknod("disk", 0o60600, os.makedev(254, 0))
#     assert open("disk", "rb").read(512)'''
# says = "PermissionError"
#
# [variants.read_own_environment]
# tries = "Looks for the secret in its environment."
# put = 'assert os.environ["DESCENT_SECRET"]'
# says = "KeyError"
# without_walls = true
#
# [variants.read_root_folder]
# tries = "Looks for folders and mounts of the host at the root."
# put = '''
# if not {"boot", "proc", "run", "sys"} & set(os.listdir("/")):
#         raise LookupError("nothing at the root")'''
# says = "Error"
# without_walls = true
#
# [variants.read_shared_memory]
# tries = "Lists the shared memory of other processes."
# put = 'assert os.path.isdir("/dev/shm") and os.listdir("/dev/shm") is not None'
# says = "AssertionError"
# without_walls = true
# landlock = { says = "Error" }
#
# [variants.read_through_link]
# tries = "Follows its own link to a file outside."
# put = '''
# if not os.path.lexists("link"):
#         os.symlink("/etc/passwd", "link")
#     assert open("link").read()'''
# without_walls = true
# landlock = { says = "PermissionError" }
# ///
import os

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
