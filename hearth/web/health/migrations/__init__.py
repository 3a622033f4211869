"""Changes to the tables of health, in order."""
