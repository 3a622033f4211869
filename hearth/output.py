"""Writes a frame to the terminal or a file as table, json, csv, parquet or xlsx; text that looks like a formula is made harmless."""
