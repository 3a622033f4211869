"""Commands of the children app."""
