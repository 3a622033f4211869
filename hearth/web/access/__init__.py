"""Who may see whom: people, posts and teams, policy, sign-in, the log of reads and writes."""
