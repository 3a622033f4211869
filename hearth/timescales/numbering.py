"""Everyone of a record by number: who there is, whom each row is about, and the days counted from their births."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import polars as pl

from hearth.tables.record import Record
from hearth.tables.table import IDENTIFIERS

CHILD = ("authority", "child_id")
OF_WHOM = frozenset(("authority", *IDENTIFIERS.values()))
FEW = 1_000
"""People of whom working it out for each takes no longer than what saves it for many."""
BEFORE = pl.col("authority").shift(1), pl.col("child_id").shift(1)
IS_IN_ORDER = (
    (pl.col("authority") > BEFORE[0]) | ((pl.col("authority") == BEFORE[0]) & (pl.col("child_id") > BEFORE[1]))
).all()
"""Whether everyone stands once, in order of authority and identifier."""


def everyone(record: Record) -> pl.DataFrame:
    """All children that are known or were cared for, in order: authority, child_id, born_on, died_on."""
    people = record["people"][[*CHILD, "born_on", "died_on"]]
    if are_of_one(record["episodes"], people):
        return people
    is_in_order = people.select(IS_IN_ORDER).item()
    known = people if is_in_order else people.unique(CHILD, keep="first")
    unknown = record["episodes"].select(CHILD).unique().join(known, on=CHILD, how="anti")
    if is_in_order and unknown.is_empty():
        return known
    return pl.concat([known, unknown], how="diagonal").sort(CHILD)


def are_of_one(rows: pl.DataFrame, known: pl.DataFrame) -> bool:
    """Whether one child (carer, home) alone is known, and all the rows are of that one."""
    whose = [name for name in known.columns if name in rows.columns and name in OF_WHOM]
    return known.height == 1 and all((rows[name] == known[name][0]).all() for name in whose)


def numbers(whose: pl.DataFrame, known: pl.DataFrame, marks: Callable[[], pl.DataFrame]) -> pl.Series:
    """The number of whom each row is about, null for one not known; rows that follow on are looked up once.

    ``known``: the columns of ``whose`` and the number, child, in order of number. ``marks``: what ``marked`` makes of
    them.
    """
    if are_of_one(whose, known):
        return known["child"].new_from_index(0, whose.height)
    changes = [pl.col(name).ne_missing(pl.col(name).shift(1)) for name in whose.columns]
    is_first = whose.select(changes[0] | changes[-1]).to_series()
    is_first[0] = True
    firsts = whose.filter(is_first)
    found = _looked_up(firsts, known, marks()) if known.height > FEW else _joined(firsts, known)
    return found if firsts.height == whose.height else found.gather(is_first.cum_sum() - 1)


def marked(known: pl.DataFrame) -> pl.DataFrame:
    """Those known by a number made from what names them, in its order: mark, child; none where two have the same."""
    named = tuple(name for name in known.columns if name != "child")
    found = known.select(_mark(named), "child").sort("mark")
    return found.clear() if found["mark"].is_duplicated().any() else found


@cache
def _mark(columns: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(name).hash(at) for at, name in enumerate(columns)).alias("mark")


def _joined(whose: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    return whose.join(known, on=whose.columns, how="left", maintain_order="left")["child"]


def _looked_up(whose: pl.DataFrame, known: pl.DataFrame, marks: pl.DataFrame) -> pl.Series:
    """As ``_joined``, for many."""
    if marks.is_empty():
        return _joined(whose, known)
    at = marks["mark"].search_sorted(whose.select(_mark(tuple(whose.columns))).to_series())
    found = marks["child"].gather(at.clip(upper_bound=marks.height - 1))
    theirs = known[found - known["child"][0]]
    is_same = [theirs[name].eq_missing(whose[name]) for name in whose.columns]
    is_it = is_same[0] & is_same[-1]
    return found if is_it.all() else found.set(~is_it, None)


def counted_from_birth(children: pl.DataFrame, on: pl.Expr) -> pl.Series:
    """A day counted from each child's (born_on, authority); once a day where days of birth are fewer than children."""
    born = children["born_on"]
    if born.len() <= FEW or "authority" in on.meta.root_names():
        return children.select(on).to_series()
    first, last = born.min(), born.max()
    if not isinstance(first, date) or not isinstance(last, date) or (last - first).days > born.len():
        return children.select(on).to_series()
    days = pl.DataFrame({"born_on": pl.date_range(first, last, eager=True)})
    return days.lazy().select(on).collect().to_series().gather((born - first).dt.total_days())
