"""The administrators' pages: people, their posts, teams, and the log."""
