"""Who may open a record beyond the usual: restricted records, emergencies, and who has looked."""
