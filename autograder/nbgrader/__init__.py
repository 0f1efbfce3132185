"""First Descent as an nbgrader course: releasing it, grading it, and its gradebook.

Only `check` is imported here. What needs nbgrader itself, whose imports take seconds, is in
modules that nothing else of the grader loads.
"""

from autograder.nbgrader.check_cell import check

__all__ = ["check"]
