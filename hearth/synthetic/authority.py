"""The made-up authority: one call gives a believable council's record for any day, the same for the same seed."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic import entrants, episodes, legal, people, placements
from hearth.synthetic.order import Order
from hearth.tables import catalogue
from hearth.tables.record import Record

YEAR_ENDED = date(2026, 3, 31)


def make(
    children: int = 1000,
    years: int = 10,
    seed: int = 1,
    as_of: date = YEAR_ENDED,
    authority: str = "E10000020",
    authorities: int = 1,
) -> Record:
    """A made-up record of kind "hearth": ``children`` in care on ``as_of`` and ``years`` of history before it.

    ``authorities`` above 1 spreads them over that many English councils by the published number of children in care.
    The same arguments give the same tables on every machine. Nothing happens after ``as_of``, save what is due.
    Shares and spreads are in ``shares.csv`` and ``spreads.csv``, each row with its published source or "assumed".
    """
    order = Order(children, years, seed, as_of, authority, authorities)
    made = _tables(order)
    people_made = made.pop("children")
    tables = {name: _finish(name, rows, people_made) for name, rows in made.items()}
    return Record(tables=tables, kind="hearth", carries=frozenset(tables))


def _tables(order: Order) -> dict[str, pl.DataFrame]:
    """Every table, keyed by the child's number."""
    children, periods = entrants.enter(order)
    periods = legal.with_proceedings(order, periods)
    statuses = legal.statuses(periods)
    changes = placements.live(order, periods, statuses)
    cared = episodes.leaving(order, periods, episodes.make(order, periods, changes, statuses))
    return {
        "people": people.people(order, children, periods),
        "episodes": episodes.with_home(periods, cared),
        "unaccompanied": people.unaccompanied(children),
        "legal_statuses": order.seen(legal.legal_statuses(statuses, periods), "started_on", "ended_on"),
        "proceedings": order.seen(legal.proceedings(periods), "issued_on", "concluded_on"),
    } | {"children": children}


def _finish(name: str, rows: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """The rows under their authority and identifier, in the table's columns and in the order of children and days."""
    named = children.select("number", "authority", pl.col("number").cast(pl.String).str.zfill(6).alias("child_id"))
    whole = rows.drop("authority", strict=False).join(named, on="number", how="left", maintain_order="left")
    table = catalogue.conform(name, whole)
    days = [column for column, kind in table.schema.items() if kind == pl.Date]
    return table.sort("authority", "child_id", *days[:2], nulls_last=True, maintain_order=True)
