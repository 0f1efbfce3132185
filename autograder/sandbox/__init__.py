"""Where a learner's code runs: who confines it, who speaks to it, who ends it.

`session` speaks to one learner's process, whatever walls it has. `worker` starts confined ones for
grading: a zygote inside the walls forks one `confined` child for each session. The walls are
`bubblewrap` (namespaces, and what is `visible` in them, as which user: `identity`), `seccomp`, the
`limits` and, inside, `autograder.protocol.walled_main` and `autograder.protocol.landlock`; `probe`
proves at each start that they hold. `practice` starts processes without walls for self-checks, and
`in_process` runs modules of our own. ``docs/security.md`` says what all of it promises.
"""
