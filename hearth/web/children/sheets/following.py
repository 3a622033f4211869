"""What the banner says after a record is made: what comes next, said by whoever keeps what is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SayNext = Callable[[Any, str], str]
_SAYERS: list[SayNext] = []


def say_next(sayer: SayNext) -> SayNext:
    """Has ``sayer(subject, page)`` give the sentence about what is next recorded on the page; "" for nothing."""
    if sayer not in _SAYERS:
        _SAYERS.append(sayer)
    return sayer


def sentence(subject: Any, page: str) -> str:
    """What is next for the child (or whom else) on the page; empty where nothing is."""
    return next((said for sayer in _SAYERS if (said := sayer(subject, page))), "")
