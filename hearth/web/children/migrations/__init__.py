"""What changed in the tables of the app ``children``, step by step."""
