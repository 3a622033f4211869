"""The worklist: what is owed to each child on a day, in words a worker understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.lateness import with_reasons
from hearth.timescales.limits import Limits
from hearth.timescales.owed import occurrences
from hearth.timescales.standing import as_of as standing
from hearth.timescales.standing import current
from hearth.timescales.whose import owned_by, with_workers

COLUMNS = (
    "authority",
    "child_id",
    "duty",
    "title",
    "owner",
    "team",
    "worker_id",
    "triggered_on",
    "due_on",
    "done_on",
    "status",
    "note",
    "rule",
    "why",
    "subject",
    "subject_id",
    "family_id",
    "law",
)


@dataclass(frozen=True)
class Only:
    """Whom a list is limited to, all of what is given: a team, a worker, one child (or carer, or home) by identifier, a
    group of brothers and sisters by its family or by one of them.
    """

    team: str | None = None
    worker: str | None = None
    child: str | None = None
    siblings: str | None = None

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows (subject_id, child_id, team, worker_id, family_id) that are in the list."""
        wanted = {"team": self.team, "worker_id": self.worker, "subject_id": self.child}
        named = [pl.col(column) == value for column, value in wanted.items() if value is not None]
        return rows.filter(*named, *self._family(rows)) if named or self.siblings else rows

    def _family(self, rows: pl.DataFrame) -> list[pl.Expr]:
        if self.siblings is None:
            return []
        families = rows.filter(pl.col("child_id") == self.siblings)["family_id"].drop_nulls().unique().to_list()
        return [pl.col("family_id").is_in([*families, self.siblings]) | (pl.col("child_id") == self.siblings)]


OPEN = ("overdue", "due", "not_known")


def due_list(
    record: Record,
    as_of: date,
    days: int | None = None,
    owner: str | None = None,
    *,
    only: Only | None = None,
    history: bool = False,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """What is owed on a day: overdue first, then what falls due (within ``days``; all when none is given), then what is
    not known.

    With ``history`` every occurrence so far, in order of day. ``owner`` is a role ("social worker", "reviewing
    officer", "personal adviser", "nurse", "manager"); a role that no duty names gives no rows. Columns: ``COLUMNS``;
    ``note`` tells of a refusal and why it was late; ``subject`` and ``subject_id`` say to whom it is owed where it is
    not a child (child_id is null). ``only`` limits the list to a team, worker, child or family.
    """
    found = occurrences(record, only=owned_by(owner), limits=limits, lapsed_since=None if history else as_of)
    stood = standing(found, [as_of]) if history else _open(current(found, [as_of]), as_of, days)
    placed = with_workers(_with_words(_with_family(stood, record)), record, as_of)
    worded = with_reasons((only or Only()).of(placed), record)
    order = ("due_on", "subject_id") if history else ("urgency", "due_on", "subject_id")
    return _with_why(worded).sort(*order, "duty", nulls_last=True).select(COLUMNS)


def _with_family(rows: pl.DataFrame, record: Record) -> pl.DataFrame:
    """With ``family_id``, by which brothers and sisters are grouped."""
    people = record["people"].select("authority", "child_id", "family_id").unique(("authority", "child_id"))
    return rows.join(people, on=("authority", "child_id"), how="left", maintain_order="left")


def _open(stood: pl.DataFrame, as_of: date, days: int | None) -> pl.DataFrame:
    soon = pl.lit(value=True) if days is None else pl.col("due_on") <= as_of + timedelta(days=days)
    return stood.filter(pl.col("status").is_in(OPEN) & soon.fill_null(value=True))


def _with_words(stood: pl.DataFrame) -> pl.DataFrame:
    rows = [
        (
            d.id,
            d.words.title,
            d.words.responsible_role,
            d.rules,
            d.words.trigger_event,
            d.words.section,
            d.words.citation,
        )
        for d in DUTIES.values()
    ]
    words = pl.DataFrame(rows, schema=["duty", "title", "owner", "rule", "trigger", "section", "law"], orient="row")
    return stood.with_columns(pl.col("duty").cast(pl.String)).join(words, on="duty", how="left")


def _said(column: str) -> pl.Expr:
    """A day as people write it: 1 February 2024."""
    return pl.col(column).dt.to_string("%-d %B %Y").fill_null("a day not known")


def _with_why(rows: pl.DataFrame) -> pl.DataFrame:
    refused = pl.when(pl.col("refused_on").is_not_null()).then(pl.format("refused on {}", pl.col("refused_on")))
    late = pl.when(pl.col("lateness").is_not_null()).then(pl.format("late: {}", pl.col("lateness")))
    note = pl.concat_str(refused, late, separator="; ", ignore_nulls=True).replace("", None)
    starts = pl.format(
        "{} on {}",
        pl.col("trigger").str.replace(r"^.", pl.col("trigger").str.slice(0, 1).str.to_uppercase()),
        _said("triggered_on"),
    )
    return rows.with_columns(
        pl.format("{}; {}.", starts, _standing_in_words()).alias("why"),
        note.alias("note"),
        pl.col("status").cast(pl.String).replace_strict({"overdue": 0, "due": 1}, default=2).alias("urgency"),
        pl.col("status").cast(pl.String),
    )


def _standing_in_words() -> pl.Expr:
    due, late = _said("would_be_due_on"), (pl.col("done_on") - pl.col("due_on")).dt.total_days()
    behind = (pl.col("as_of") - pl.col("due_on")).dt.total_days()
    said = {
        "met": pl.format("due by {} and done on {}, in time", due, _said("done_on")),
        "late": pl.format("due by {} and done on {}, {} days late", due, _said("done_on"), late),
        "overdue": pl.format("due by {} and not done, {} days overdue", due, behind),
        "due": pl.format("due by {}, not done yet", due),
        "missed": pl.format("due by {} and not done when it lapsed on {}", due, _said("lapses_on")),
        "lapsed": pl.format("it lapsed on {}, before it fell due on {}", _said("lapses_on"), due),
    }
    words = pl.lit("a date that it is counted from is not known")
    for status, sentence in said.items():
        words = pl.when(pl.col("status") == status).then(sentence).otherwise(words)
    return words
