"""How the GOV.UK and MOJ components come into the project."""
