"""A source and the record side by side: what a load would do, and its rows as the database takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl
from django.db import connection

from hearth.synthetic import names
from hearth.tables import catalogue
from hearth.tables.keys import KEYS
from hearth.tables.merging import Merged, Reach, merge
from hearth.tables.record import Record
from hearth.tables.settling import AUTHOR, WITHDRAWN, Loads
from hearth.web.children import frames as children_frames
from hearth.web.children import mirror
from hearth.web.children.records import ChildRecord
from hearth.web.intake.models import Batch
from hearth.web.intake.truths import truths_of

EXTRA = {"row_id": pl.Int64(), "batch_id": pl.Int64(), "revision": pl.Int64(), WITHDRAWN: pl.Boolean()}
KEPT_HERE = "kept: recorded in Hearth, differs"
"""What is said to have been done where Hearth's own value was kept."""
MANY_IDS = 5000
OLDER = timedelta(days=7)
"""A source whose last day lies further back than this before a load's does not overwrite what that load said."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What a load would do: each table put together, problems as rows, and the state of the record it was made on."""

    tables: dict[str, Merged]
    problems: list[dict[str, Any]]
    stamp: tuple[int, ...]
    speaks_to: date | None


def plan(record: Record, today: date, *, overwrite_owned: bool = False) -> Plan:
    """What loading the record would do to the rows that stand."""
    before, until = stamp(), speaks_to(record, today)
    about = _Source(record, until, overwrite_owned)
    names = [name for name in mirror.STORED if name in mirror.models() and record[name].height]
    tables = {name: about.merged(name) for name in names}
    told = [row for name, merged in tables.items() for row in _problems(name, record[name], merged)]
    return Plan(tables, [*_own_problems(record), *told], before, until)


def stamp() -> tuple[int, ...]:
    """The newest version in the history of each table: another stamp means that the record has changed since."""
    models = mirror.models().values()
    newest = " UNION ALL ".join(
        f"SELECT {place}, (SELECT max(history_id) FROM {_q(m.history.model._meta.db_table)})"  # names only  # noqa: S608  # nosec B608
        for place, m in enumerate(models)
    )
    with connection.cursor() as cursor:
        cursor.execute(newest)
        return tuple(row[1] or 0 for row in sorted(cursor.fetchall()))


def speaks_to(record: Record, today: date) -> date | None:
    """The day of the source's snapshot, else the last day, up to today, on which something happened in it."""
    if record.snapshot_on:
        return record.snapshot_on
    columns = [
        (record[name], c) for name in record.tables if name in KEYS for c in (KEYS[name].since, KEYS[name].until)
    ]
    days = [frame.filter(pl.col(c) <= today)[c].max() for frame, c in columns if c]
    return max((day for day in days if isinstance(day, date)), default=None)


class _Source:
    """The source as it compares with the record: what of it each table's merging needs."""

    def __init__(self, record: Record, until: date | None, overwrite_owned: bool) -> None:
        self.record, self.overwrite_owned = record, overwrite_owned
        batches = list(Batch.objects.values_list("pk", "kind", "speaks_to"))
        newer_by = {pk: (day - until) if day and until else timedelta() for pk, _, day in batches}
        self.other_kind = frozenset(pk for pk, kind, _ in batches if kind != record.kind)
        self.later = frozenset(pk for pk, newer in newer_by.items() if newer > OLDER)
        not_newer = {pk for pk, newer in newer_by.items() if newer <= timedelta()}
        self.may_withdraw = frozenset(not_newer - self.other_kind)
        self.people = record["people"].select("authority", "child_id")
        kept = children_frames.keys().select("authority", "child_id")
        self.known = pl.concat([kept, self.people]).unique()

    def merged(self, name: str) -> Merged:
        """The table put together with the record's."""
        given = self.record[name]
        columns = [c for c in given.columns if c not in catalogue.identity(name)]
        carried = [c for c in columns if not self.record.lacks([f"{name}.{c}"])]
        worked_out = [c for c in columns if c not in carried and given[c].count()]
        reach = Reach(
            compared=tuple(c for c in columns if c in carried or c in worked_out),
            since=self.record.history_from,
            people=self.people,
            known=self.known,
            loads=Loads(self.later, self.other_kind, frozenset(worked_out)),
            may_withdraw=self.may_withdraw,
            overwrite_owned=self.overwrite_owned,
        )
        authors = partial(_authors, name, reach.compared)
        return merge(name, given, kept_rows(name), reach=reach, truths=truths_of(name), authors=authors)


def kept_rows(name: str) -> pl.DataFrame:
    """Every row of the table in the record, withdrawn ones too, with row_id, batch_id, revision and is_withdrawn."""
    model = mirror.models()[name]
    columns = catalogue.empty(name).columns
    own = catalogue.identity(name) if issubclass(model, ChildRecord) else ()
    picked = ", ".join(f"{'c' if c in own else 't'}.{_q(c)}" for c in columns)
    child = f" JOIN {_q(mirror.models()['people']._meta.db_table)} c ON c.id = t.child_id" if own else ""
    extra = "t.id, t.batch_id, t.revision, t.is_withdrawn"
    return _read(
        f"SELECT {picked}, {extra} FROM {_q(model._meta.db_table)} t{child} ORDER BY t.id",  # names only  # noqa: S608  # nosec B608
        {**catalogue.empty(name).schema, **EXTRA},
    )


def _authors(name: str, columns: Sequence[str], rows: Sequence[int]) -> pl.DataFrame:
    """Which load wrote the value that each column of the rows has now; null where Hearth did."""
    versions = _versions(name, (*columns, WITHDRAWN), rows).sort("row_id", "history_id")
    found = versions.select("row_id").unique(maintain_order=True)
    for column in (*columns, WITHDRAWN):
        changed = pl.col(column).ne_missing(pl.col(column).shift(1).over("row_id"))
        written = versions.with_columns((changed | pl.col("row_id").is_first_distinct()).alias("_wrote"))
        last = written.filter("_wrote").group_by("row_id").agg(pl.last("batch_id").alias(column + AUTHOR))
        found = found.join(last, on="row_id")
    return found


def _versions(name: str, columns: Sequence[str], rows: Sequence[int]) -> pl.DataFrame:
    """Every version of the rows: row_id, history_id, batch_id and the columns."""
    history = mirror.models()[name].history.model._meta
    kinds = {**catalogue.empty(name).schema, WITHDRAWN: pl.Boolean()}
    schema = {"row_id": pl.Int64(), "history_id": pl.Int64(), "batch_id": pl.Int64(), **{c: kinds[c] for c in columns}}
    picked = ", ".join(("id", "history_id", "batch_id", *(_q(c) for c in columns)))
    select = f"SELECT {picked} FROM {_q(history.db_table)}"  # names only  # noqa: S608  # nosec B608
    parts = [_read(f"{select} WHERE id IN ({', '.join(map(str, ids))})", schema) for ids in _portions(rows)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _portions(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    return (rows[start : start + MANY_IDS] for start in range(0, len(rows), MANY_IDS))


def _read(sql: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    if not rows:
        return pl.DataFrame(schema=schema)
    columns = zip(*rows, strict=True)
    return pl.DataFrame([pl.Series(n, v, dtype=k) for (n, k), v in zip(schema.items(), columns, strict=True)])


def new_rows(name: str, merged: Merged, known: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows to be added, as ``children.bulk`` takes them."""
    return children_frames.values_for(name, merged.new, known)


def changed_rows(merged: Merged) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows to be changed: each row is its key and then its values; it stands, whatever it did before."""
    columns = [column for column in merged.changed.columns if column != "row_id"]
    values = [children_frames.stored(merged.changed.schema, column) for column in columns]
    rows = merged.changed.select("row_id", *values, pl.lit(value=False).alias(WITHDRAWN)).rows()
    return [*columns, WITHDRAWN], rows


def named(record: Record, seed: int) -> list[tuple[str | None, ...]]:
    """Made-up names for the children of a made-up record: authority, child_id and ``names.COLUMNS``."""
    return names.of_children(record["people"], seed).rows()


def _own_problems(record: Record) -> Iterable[dict[str, Any]]:
    """What the reader told: with the rows and columns of the files themselves."""
    return record.problems.with_columns(pl.lit(None, dtype=pl.String).alias("ours")).iter_rows(named=True)


def _problems(name: str, given: pl.DataFrame, merged: Merged) -> Iterator[dict[str, Any]]:
    """What putting a table together told, in the words of the table: by child and day."""
    key, identity = KEYS[name], catalogue.identity(name)
    day = pl.col(key.since).cast(pl.String) if key.since else pl.lit(None, dtype=pl.String)
    whose = given.with_row_index("at").select("at", pl.col(identity[-1]).alias("child_id"), day.alias("day"))
    schema = whose.schema
    told = merged.told.with_columns(pl.col("at").cast(schema["at"])).join(whose, on="at", how="left")
    for row in told.iter_rows(named=True):
        problem, _, remedy = row["sentence"].partition(": ")
        yield _row(name, row, f"{problem}{_dated(row['day'])}", remedy or "Correct it in the source", row["effect"])
    for row in merged.conflicts.iter_rows(named=True):
        said = f"Hearth says otherwise{_dated(row['day'])}"
        about = {"child_id": row["whose"], "column": row["column"], "value": row["theirs"], "ours": row["ours"]}
        yield _row(name, about, said, "Correct it in the source, or in Hearth", KEPT_HERE)


def _row(name: str, row: dict[str, Any], problem: str, remedy: str, effect: str) -> dict[str, Any]:
    about = {key: row.get(key) for key in ("column", "value", "ours", "child_id")}
    return {"file": catalogue.title(name), "row": None, **about, "problem": problem, "remedy": remedy, "effect": effect}


def _dated(day: str | None) -> str:
    return f" (row of {day})" if day else ""


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
