"""Drift: rules that notice a journey standing still, each a declaration with its limit as data."""
