"""Lets a test that commits empty the database after it, though the log refuses to be emptied."""
