"""The record on the web: the Django project, who may see whom, and one app for each area of work."""
