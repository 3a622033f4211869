"""What changed in the tables of the app ``intake``, step by step."""
