"""What is asked for: how many children, how many years of history, seen on which day, by which authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from hearth.synthetic.chance import Chance

CHILDHOOD = 18
OLDEST_LEAVER = 25


@dataclass(frozen=True)
class Order:
    """An order for a made-up record; ``authorities`` above 1 spreads the children over that many English councils."""

    children: int
    years: int
    seed: int
    as_of: date
    authority: str
    authorities: int = 1

    @cached_property
    def chance(self) -> Chance:
        """Where every draw of this order comes from."""
        return Chance(self.seed)

    @property
    def today(self) -> pl.Expr:
        """The day the record is seen: nothing later is in it."""
        return pl.lit(self.as_of, dtype=pl.Date)

    @property
    def tomorrow(self) -> pl.Expr:
        """The first day that is not in the record."""
        return self.today.dt.offset_by("1d")

    @property
    def begins(self) -> pl.Expr:
        """First day of the history asked for: whoever was in care on or after it is in the record."""
        return self.today.dt.offset_by(f"-{self.years}y")

    @property
    def days_of_entries(self) -> int:
        """Days over which entries to care are drawn, so that the oldest care leaver's entry is among them."""
        return round((max(self.years, OLDEST_LEAVER - 16) + CHILDHOOD) * 365.25)

    def seen(self, rows: pl.DataFrame, day: str, *ends: str) -> pl.DataFrame:
        """The rows as known on the day: those that began by it; an end or outcome that lies later is not known yet."""
        known = [pl.when(pl.col(end) <= self.today).then(pl.col(end)).alias(end) for end in ends]
        return rows.filter(pl.col(day) <= self.today).with_columns(known)
