"""Criteria of all exercises, one module for each module of the course."""
