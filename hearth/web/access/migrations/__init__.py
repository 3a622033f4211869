"""Changes to the tables of access, in order."""
