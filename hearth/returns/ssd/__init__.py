"""The Standard Safeguarding Dataset: read from and written as a folder of CSV files, one a table."""

from hearth.returns.ssd.reading import read, recognise
from hearth.returns.ssd.writing import write

__all__ = ["read", "recognise", "write"]
