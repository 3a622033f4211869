"""Loading a council's files: what was recognised, what would change, what was set aside."""
