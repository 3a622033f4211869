"""A backup: one file with the whole record and its papers, taken while people work, and put back."""
