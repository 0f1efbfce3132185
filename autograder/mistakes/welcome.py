"""What learners get wrong in the warm-up."""
