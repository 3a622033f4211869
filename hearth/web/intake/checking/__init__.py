"""The statutory return checked by the published rules: of files given, and of the live record."""
