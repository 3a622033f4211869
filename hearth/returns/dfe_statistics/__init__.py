"""Reads the Department's published statistics from wherever a council keeps the files."""

from hearth.returns.dfe_statistics.reader import read
from hearth.tables.published import Published

__all__ = ["Published", "read"]
