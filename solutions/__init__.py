"""The modules of the course, complete: assignments and answers."""
