"""Changes to the tables of education, in order."""
