"""Changes to the tables of figures, in order."""
