"""Files in and out: each format is read, checked and written in its own room."""
