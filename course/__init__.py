"""The only code that learners write: one module for each lesson."""
