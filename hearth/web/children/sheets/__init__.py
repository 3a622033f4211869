"""How anything is written about a child on the web: one flow for every kind of record, declared in each app's forms."""
