"""What is owed to each child, by whom and by when: date rules, duties, one engine."""
