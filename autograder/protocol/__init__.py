"""What both sides of the trust boundary share: values, frames, and the learner's side of a session.

These modules are the only ones of this project that are visible to a learner's process. They import
the standard library, NumPy and msgpack, and nothing else of the project.
"""
