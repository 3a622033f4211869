"""What a spreadsheet would run as a formula: one list for every file that leaves the house."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Text that begins with one of these could be run as a formula: it is written with an apostrophe before it."""
