"""Changes to the tables of leaving_care, in order."""
