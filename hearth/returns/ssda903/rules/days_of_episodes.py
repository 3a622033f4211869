"""The days on which episodes begin and end: rules 353 to 356, 385."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import LAST_DAY

CHILDREN_ACT = pl.date(1991, 10, 14)
"""The day on which the Children Act 1989 came into force."""
began, ended = pl.col("DECOM"), pl.col("DEC")

RULES = [
    rule("353", flag("Episodes", began < CHILDREN_ACT)),
    rule("354", flag("Episodes", began > LAST_DAY)),
    rule("355", flag("Episodes", began == ended)),
    rule("356", flag("Episodes", ended < began)),
    rule("385", flag("Episodes", ended > LAST_DAY)),
]
