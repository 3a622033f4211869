"""Writes a record as the dataset."""
