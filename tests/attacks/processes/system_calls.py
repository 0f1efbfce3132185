# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.become_root]
# tries = "Becomes the administrator."
# put = "os.setuid(0)"
#
# [variants.execute_from_memory]
# tries = "Executes a program from memory, without a file."
# put = '''
# descriptor = os.memfd_create("program")
#     os.execve(descriptor, ["program"], {})'''
#
# [variants.fork]
# tries = "Forks."
# put = '''
# if os.fork() == 0:
#         os._exit(0)'''
# without_walls = true
# representative = true
#
# [variants.run_system]
# tries = "Runs a command through the C library."
# put = '''
# if os.system("true") != 0:
#         raise PermissionError("no command was run")'''
# without_walls = true
#
# [variants.signal_by_descriptor]
# tries = "Opens the grader as a descriptor, to signal it."
# put = "os.pidfd_open(@GRADER@)"
# without_walls = true
#
# [variants.spawn_process]
# tries = "Starts a program by posix_spawn."
# put = 'os.posix_spawn("/bin/true", ["true"], {})'
# without_walls = true
#
# [variants.take_cores]
# tries = "Moves to the cores of other graders."
# put = "os.sched_setaffinity(0, range(os.cpu_count()))"
#
# [variants.take_priority]
# tries = "Takes more of the processor than others get."
# put = "os.setpriority(os.PRIO_PROCESS, 0, -20)"
# ///
import os

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
