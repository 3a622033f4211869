"""The manager's team: who has how much to do, who has nobody, and giving children to another worker."""
