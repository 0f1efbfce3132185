"""Where a learner's code runs: who confines it, who speaks to it, who ends it.

`session` speaks to one learner's process, whatever walls it has. `walled` starts confined ones for
grading: a zygote inside the walls forks one `confined_process` for each session. The walls are
`namespace_wall` (bubblewrap, and what is `visible_files` in it, as which user: `user_mapping`) or
the weaker `landlock_wall`, `seccomp`, the `limits` and, inside, `autograder.protocol.walled_main`
and `autograder.protocol.landlock`; `probe` proves at each start that they hold. `unwalled` starts
processes without walls for self-checks. ``docs/security.md`` says what all of it promises.
"""
