# /// attack
# says = "FileNotFoundError"
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
#
# [variants.read_above_its_folder]
# tries = "Climbs out of its folder."
# put = 'assert open("../../../../../../../../etc/passwd").read()'
# without_walls = true
#
# [variants.read_arguments_of_grader]
# tries = "Reads the grader's command line."
# put = 'assert open("/proc/@GRADER@/cmdline", "rb").read()'
# without_walls = true
#
# [variants.read_checks]
# tries = "Reads the checks from the project's folder."
# put = 'assert open("@ROOT@/autograder/exercises/losses/checks.py").read()'
# without_walls = true
#
# [variants.read_environment_of_grader]
# tries = "Reads the grader's environment."
# put = 'assert b"DESCENT_SECRET" in open("/proc/@GRADER@/environ", "rb").read()'
#
# [variants.read_hosts]
# tries = "Reads the names of machines near by."
# put = 'assert open("/etc/hosts").read()'
# without_walls = true
#
# [variants.read_journal]
# tries = "Opens the journal of the batch as a database."
# put = 'assert open("@BAIT@/class.journal", "rb").read(6) == b"SQLite"'
# without_walls = true
#
# [variants.read_memory_of_grader]
# tries = "Opens the grader's memory as a file."
# put = 'open("/proc/@GRADER@/mem", "rb").close()'
#
# [variants.read_mistakes]
# tries = "Reads the catalogue of known mistakes."
# put = 'assert open("@ROOT@/autograder/exercises/losses/mistakes.py").read()'
# without_walls = true
#
# [variants.read_other_submission]
# tries = "Reads another student's submission."
# put = 'assert open("@BAIT@/submissions/ada/course/losses.py").read()'
# without_walls = true
# representative = true
#
# [variants.read_own_maps]
# tries = "Reads its own memory map, to find what the forked interpreter knew."
# put = 'assert open("/proc/self/maps").read()'
# without_walls = true
# representative = true
#
# [variants.read_passwd]
# tries = "Reads the list of the machine's users."
# put = 'assert open("/etc/passwd").read()'
# without_walls = true
#
# [variants.read_results]
# tries = "Reads the results of the class."
# put = 'assert open("@BAIT@/results.json").read()'
# without_walls = true
#
# [variants.read_secret]
# tries = "Reads the secret that seeds the random inputs."
# put = 'assert open("@BAIT@/secret.txt").read() == "@SECRET@"'
# without_walls = true
# representative = true
#
# [variants.read_solutions]
# tries = "Reads the solutions from the project's folder."
# put = 'assert open("@ROOT@/solutions/losses.py").read()'
# without_walls = true
#
# [variants.read_terminal]
# tries = "Opens the terminal that the grader runs in."
# put = 'open("/dev/tty").close()'
# landlock = { says = "Error" }
# ///
from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
