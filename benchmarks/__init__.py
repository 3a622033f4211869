"""Whole-command timings."""
