"""What templates of the day's work may use; loaded for every template by the settings."""
