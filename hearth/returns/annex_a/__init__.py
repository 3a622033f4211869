"""Annex A to the inspection framework: lists 8 (children in care), 9 (care leavers) and 10 (adoption), read only."""

from hearth.returns.annex_a.reading import read, recognise

__all__ = ["read", "recognise"]
