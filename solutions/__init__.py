"""The modules of the course complete: each docstring is an assignment, each body its answer."""
