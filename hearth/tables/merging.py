"""One table of a source put together with the record's: what is new, changed, kept or absent, and what is set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hearth.tables import catalogue
from hearth.tables.holding import Once, Order, Truth, broken, clashes
from hearth.tables.keys import KEYS
from hearth.tables.matching import Match, ambiguous, duplicates, match
from hearth.tables.settling import AUTHOR, KEPT, WITHDRAWN, Loads, settle

TOLD = {"at": pl.UInt32(), "column": pl.String(), "value": pl.String(), "sentence": pl.String(), "effect": pl.String()}
SAID_TWICE = "The row says again what another row says: take one of them out"
ALIKE = "Another row has the same key and says otherwise: both are kept; check which is right"
NO_CHILD = "No table of the source, nor the record, has this child: send the child's own row too"
SET_ASIDE, NOT_USED, NOTED = "row set aside", "value not used", "noted"

Authors = Callable[[Sequence[int]], pl.DataFrame]
"""Of rows (by row_id) with earlier versions: row_id, and for each column the load that wrote its value."""


@dataclass(frozen=True, eq=False)
class Reach:
    """What a source speaks of: columns carried, days covered, which children; and what loads wrote the record.

    ``may_withdraw`` are the loads whose rows it may miss: of its own kind, and speaking of no later day.
    """

    compared: tuple[str, ...]
    since: date | None
    people: pl.DataFrame
    known: pl.DataFrame
    loads: Loads = field(default_factory=Loads)
    may_withdraw: frozenset[int] = frozenset()
    overwrite_owned: bool = False


@dataclass(frozen=True, eq=False)
class Merged:
    """What is to be written of a table, and what is told.

    ``new``: the table's rows. ``changed``: row_id and the columns compared. ``absent``: keys of rows to withdraw.
    ``told``: at, column, value, sentence, effect. ``conflicts``: whose, day, column, ours, theirs.
    """

    new: pl.DataFrame
    changed: pl.DataFrame
    absent: list[int]
    unchanged: int
    told: pl.DataFrame
    conflicts: pl.DataFrame


@dataclass
class _Table:
    """A table at work: the rows given shrink as faults are found, and each fault is told."""

    name: str
    given: pl.DataFrame
    kept: pl.DataFrame
    reach: Reach
    truths: Sequence[Truth]
    told: list[pl.DataFrame] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    @property
    def identity(self) -> list[str]:
        """The columns that say whom a row is about."""
        return list(catalogue.identity(self.name))

    def tell(self, rows: pl.DataFrame, effect: str, sentence: str | None = None) -> None:
        """Keeps what was found of rows (``at``, and where known column, value, sentence)."""
        words = [] if sentence is None else [pl.lit(sentence).alias("sentence")]
        said = rows.with_columns(*words, pl.lit(effect).alias("effect"))
        lacking = [pl.lit(None, dtype=kind).alias(c) for c, kind in TOLD.items() if c not in said.columns]
        self.told.append(said.with_columns(lacking).select(pl.col(c).cast(kind) for c, kind in TOLD.items()))

    def refuse(self, rows: pl.DataFrame, sentence: str | None = None) -> None:
        """Sets rows aside: they are told, matched, and not written."""
        self.tell(rows, SET_ASIDE, sentence)
        self.refused |= set(rows["at"].to_list())


def merge(
    name: str, given: pl.DataFrame, kept: pl.DataFrame, *, reach: Reach, truths: Sequence[Truth], authors: Authors
) -> Merged:
    """Puts a source's table together with the record's.

    ``given`` has the table's columns. ``kept`` has them too, and row_id, batch_id (null: Hearth), revision and
    is_withdrawn. Nothing is dropped without being told: each row given is new, changed, unchanged or set aside.
    """
    table = _Table(name, given.with_row_index("at"), kept, reach, truths)
    again = duplicates(name, table.given)
    table.refuse(again, SAID_TWICE)
    table.given = table.given.join(again, on="at", how="anti")
    _hold(table)
    _know_children(table)
    table.tell(ambiguous(name, table.given, reach.compared), NOTED, ALIKE)
    pairs = match(name, table.given, kept, reach.compared)
    settled = settle(
        _side_by_side(table, pairs, authors), reach.compared, reach.loads, overwrite_owned=reach.overwrite_owned
    )
    changed = _held_changed(table, settled.changed.filter(~pl.col("at").is_in(list(table.refused))))
    absent = _absent(table, pairs)
    new, changed = _beside_each_other(table, pairs, changed, absent)
    twice = given.height - table.given.height
    unchanged = given.height - new.height - changed.height - len(table.refused)
    assert unchanged >= 0 and twice >= 0
    return Merged(
        new=new,
        changed=changed.drop("at"),
        absent=absent,
        unchanged=unchanged,
        told=pl.concat([pl.DataFrame(schema=TOLD), *table.told]),
        conflicts=_conflicts(table, settled.kept),
    )


def _hold(table: _Table) -> None:
    """A value that breaks a truth is not used where the row can do without it; else the row is set aside."""
    while True:
        asked = table.given.filter(~pl.col("at").is_in(list(table.refused)))
        found = broken(asked, table.truths)
        if found.is_empty():
            return
        may_lack = found["column"].is_in(_spare(table))
        table.refuse(found.filter(~may_lack))
        spare = found.filter(may_lack)
        table.tell(spare, NOT_USED)
        for column in spare["column"].unique():
            where = pl.col("at").is_in(spare.filter(pl.col("column") == column)["at"].to_list())
            table.given = table.given.with_columns(pl.when(~where).then(column).alias(column))


def _spare(table: _Table) -> list[str]:
    """Columns that a row can do without: not required, no part of its key, not the end of what began."""
    schema, key = catalogue.TABLES[table.name].columns(), KEYS[table.name]
    ends = {truth.then for truth in table.truths if isinstance(truth, Order)} if not key.is_one else set()
    return [c for c, kind in schema.items() if kind.nullable and c not in {*key.columns, key.since, *ends}]


def _know_children(table: _Table) -> None:
    if catalogue.subject(table.name) == "child" and table.name != "people":
        standing = table.given.filter(~pl.col("at").is_in(list(table.refused)))
        lost = standing.join(table.reach.known, on=table.identity, how="anti")
        table.refuse(lost.select("at", pl.lit("child_id").alias("column"), value="child_id"), NO_CHILD)


def _side_by_side(table: _Table, pairs: Match, authors: Authors) -> pl.DataFrame:
    """Rows to be settled, the source's values beside the record's, and who wrote these."""
    columns = list(table.reach.compared)
    withdrawn = table.kept.filter(WITHDRAWN).select("row_id")
    both = pl.concat([pairs.differs, pairs.same.join(withdrawn, on="row_id", how="semi")])
    ours = table.kept.select("row_id", "batch_id", "revision", pl.col(*columns, WITHDRAWN).name.suffix(KEPT))
    theirs = table.given.select("at", *columns)
    rows = both.join(theirs, on="at", how="inner").join(ours, on="row_id", how="inner")
    plain = rows.with_columns(pl.col("batch_id").alias(c + AUTHOR) for c in (*columns, WITHDRAWN))
    older = plain.filter(pl.col("revision") > 1)["row_id"].to_list()
    return plain.update(authors(older), on="row_id", include_nulls=True) if older else plain


def _held_changed(table: _Table, changed: pl.DataFrame) -> pl.DataFrame:
    """Of rows put together from both, those that still hold; the others are set aside and stay as they were."""
    wrong = broken(changed, table.truths)
    table.refuse(wrong)
    return changed.join(wrong, on="at", how="anti")


def _absent(table: _Table, pairs: Match) -> list[int]:
    """Rows that the same kind of source gave earlier, that it covers wholly, and that it no longer has."""
    key, reach = KEYS[table.name], table.reach
    if key.is_one or table.given.is_empty() or (key.since is None and reach.since is not None):
        return []
    rows = table.kept.join(pairs.absent, on="row_id", how="semi").filter(
        ~pl.col(WITHDRAWN), pl.col("batch_id").is_in(list(reach.may_withdraw)).fill_null(value=False)
    )
    if catalogue.subject(table.name) == "child":
        rows = rows.join(reach.people, on=table.identity, how="semi")
    return rows.filter(_covered(table))["row_id"].to_list()


def _covered(table: _Table) -> pl.Expr:
    """Within the days of the source: and no earlier than the first day that its table speaks of."""
    key, reach = KEYS[table.name], table.reach
    if key.since is None:
        return pl.lit(value=True)
    first = table.given[key.since].min()
    begun, over = pl.col(key.since), pl.col(key.until) if key.until else None
    covered = begun >= pl.lit(first)
    if reach.since is not None:
        covered &= (over.is_null() | (over > reach.since)) if over is not None else begun >= reach.since
    return covered.fill_null(value=False)


def _beside_each_other(
    table: _Table, pairs: Match, changed: pl.DataFrame, absent: Sequence[int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The new and the changed rows that may stand beside those that stay; the others are set aside."""
    new = table.given.join(pairs.new, on="at", how="semi").filter(~pl.col("at").is_in(list(table.refused)))
    once = [truth for truth in table.truths if isinstance(truth, Once)]
    found = True
    while found:
        found = False
        for truth in once:
            wrong = clashes(_standing(table, new, changed, absent), truth)
            if wrong.height:
                found = True
                table.refuse(wrong, truth.sentence)
                new, changed = (rows.join(wrong, on="at", how="anti") for rows in (new, changed))
    return new.drop("at"), changed


def _standing(table: _Table, new: pl.DataFrame, changed: pl.DataFrame, absent: Sequence[int]) -> pl.DataFrame:
    """The rows as they would stand: first those that stay as they are, then what comes, the latest begun first."""
    stays = table.kept.filter(~pl.col(WITHDRAWN), ~pl.col("row_id").is_in([*absent, *changed["row_id"].to_list()]))
    columns = [c for c in table.given.columns if c != "at"]
    before = table.kept.select("row_id", *(c for c in columns if c not in changed.columns))
    comes = pl.concat([new, changed.join(before, on="row_id").select("at", *columns)])
    since = KEYS[table.name].since
    ordered = comes.sort(since, descending=True, nulls_last=True, maintain_order=True) if since else comes
    return pl.concat([stays.select(pl.lit(None, dtype=pl.UInt32).alias("at"), *columns), ordered])


def _conflicts(table: _Table, kept: pl.DataFrame) -> pl.DataFrame:
    whose = table.given.select("at", pl.col(table.identity[-1]).alias("whose"))
    since = KEYS[table.name].since
    day = pl.col(since).cast(pl.String) if since else pl.lit(None, dtype=pl.String)
    return kept.join(whose, on="at").join(table.given.select("at", day.alias("day")), on="at").drop("at")
