"""The worklist: what is owed to each child on a day, in words a worker understands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from hearth.tables.codes import members
from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.lateness import with_reasons
from hearth.timescales.limits import Limits
from hearth.timescales.owed import occurrences
from hearth.timescales.standing import as_of as standing
from hearth.timescales.standing import current

OWNERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "social worker": ("social worker",),
        "reviewing officer": ("iro", "reviewing officer"),
        "independent reviewing officer": ("iro", "reviewing officer"),
        "iro": ("iro", "reviewing officer"),
        "personal adviser": ("personal adviser",),
        "pa": ("personal adviser",),
        "nurse": ("nurse", "doctor", "health"),
        "health": ("nurse", "doctor", "health", "dentist"),
        "manager": ("manager",),
        "carer": ("carer",),
        "interviewer": ("interviewer",),
    }
)
"""Words that people use for a role, with the words by which the handbook names who is responsible."""

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
)
OPEN = ("overdue", "due", "not_known")
SOCIAL_WORKER, PERSONAL_ADVISER = members("worker_role", "social_worker", "personal_adviser")


def due_list(
    record: Record,
    as_of: date,
    days: int | None = None,
    owner: str | None = None,
    *,
    history: bool = False,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """What is owed on a day: overdue first, then what falls due (within ``days``; all when none is given), then what is
    not known.

    With ``history`` every occurrence so far, in order of day. ``owner`` is a role ("social worker", "reviewing
    officer", "personal adviser", "nurse", "manager"); a role that no duty names gives no rows. Columns: ``COLUMNS``;
    ``note`` tells of a refusal and why it was late; ``subject`` and ``subject_id`` say to whom it is owed where it is
    not a child (child_id is null).
    """
    found = occurrences(record, only=owned_by(owner), limits=limits, lapsed_since=None if history else as_of)
    stood = standing(found, [as_of]) if history else _open(current(found, [as_of]), as_of, days)
    worded = with_reasons(_with_workers(_with_words(stood), record, as_of), record)
    order = ("due_on", "subject_id") if history else ("urgency", "due_on", "subject_id")
    return _with_why(worded).sort(*order, "duty", nulls_last=True).select(COLUMNS)


def owned_by(owner: str | None) -> list[str]:
    """The duties of a role; of all roles for None."""
    if owner is None:
        return list(DUTIES)
    asked = OWNERS.get(owner.strip().lower(), (owner.strip().lower(),))
    return [duty.id for duty in DUTIES.values() if any(word in duty.words.responsible_role.lower() for word in asked)]


def _open(stood: pl.DataFrame, as_of: date, days: int | None) -> pl.DataFrame:
    soon = pl.lit(value=True) if days is None else pl.col("due_on") <= as_of + timedelta(days=days)
    return stood.filter(pl.col("status").is_in(OPEN) & soon.fill_null(value=True))


def _with_words(stood: pl.DataFrame) -> pl.DataFrame:
    rows = [
        (d.id, d.words.title, d.words.responsible_role, d.rules, d.words.trigger_event, d.words.section)
        for d in DUTIES.values()
    ]
    words = pl.DataFrame(rows, schema=["duty", "title", "owner", "rule", "trigger", "section"], orient="row")
    return stood.with_columns(pl.col("duty").cast(pl.String)).join(words, on="duty", how="left")


def _with_workers(rows: pl.DataFrame, record: Record, as_of: date) -> pl.DataFrame:
    """Team and worker on the day: the personal adviser for leaving care where there is one, else the social worker."""
    there = (pl.col("ended_on") > as_of).fill_null(value=True) & (pl.col("started_on") <= as_of)
    held = record["allocations"].filter(there).sort("started_on")
    known = rows
    for role in (SOCIAL_WORKER, PERSONAL_ADVISER):
        theirs = held.filter(pl.col("role") == role).unique(("authority", "child_id"), keep="last")
        named = theirs.select("authority", "child_id", *(pl.col(c).alias(f"{role} {c}") for c in ("team", "worker_id")))
        known = known.join(named, on=("authority", "child_id"), how="left")
    is_leaving = pl.col("section") == "J"
    return known.with_columns(
        pl.coalesce(
            pl.when(is_leaving).then(pl.col(f"{PERSONAL_ADVISER} {column}")), pl.col(f"{SOCIAL_WORKER} {column}")
        ).alias(column)
        for column in ("team", "worker_id")
    )


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
