"""Commands of the work app."""
