"""Where a learner's code runs: who confines it, who speaks to it, who ends it.

`session` speaks to one learner's process, whatever walls it has; `practice` starts one without
walls for self-checks; `bubblewrap` starts confined ones for grading; `zygote` is the program inside
the walls, `seccomp` and `landlock` are two of the walls.
"""
