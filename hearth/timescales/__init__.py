"""What is owed to a child, by whom and by when: duties as declarations, one engine, the rules of date arithmetic."""
