"""What criteria compare with: exact values by another way, and objects that note their calls."""
