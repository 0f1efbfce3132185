"""Known wrong answers, one module for each module of the course: see `autograder.checking.mistake`."""
