"""What templates may use; loaded for every template by the settings."""
