"""Changes to the tables of safety, in order."""
