"""The day's work: landing pages, what is owed, search."""
