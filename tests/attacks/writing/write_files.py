# /// attack
# says = "FileNotFoundError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.write_etc]
# tries = "Writes a file into the system's folder."
# put = 'open("/etc/first-descent-attack", "w").close()'
# says = "Error"
#
# [variants.write_journal]
# tries = "Appends to the journal of the batch."
# put = 'open("@BAIT@/class.journal", "ab").write(b"x")'
# without_walls = true
# landlock = { says = "PermissionError" }
#
# [variants.write_other_submission]
# tries = "Spoils another student's submission."
# put = 'open("@BAIT@/submissions/ada/course/losses.py", "w").write("raise SystemExit")'
# without_walls = true
# landlock = { says = "PermissionError" }
#
# [variants.write_results]
# tries = "Writes its own points into the results of the class."
# put = 'open("@BAIT@/results.json", "w").write("{\"score\": 100.0}")'
# without_walls = true
# representative = true
# landlock = { says = "PermissionError" }
#
# [variants.write_root]
# tries = "Writes a file at the root."
# put = 'open("/first-descent-attack", "w").close()'
# says = ["Read-only file system", "PermissionError"]
#
# [variants.write_tmp]
# tries = "Writes into the folder for temporary files of the host."
# put = 'open("/tmp/first-descent-attack", "w").close()'
# says = ["FileNotFoundError", "PermissionError", "Read-only file system"]
# representative = true
# ///
from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
