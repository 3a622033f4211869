"""The worklist: what is owed to each child on a day, in words a worker understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from hearth.tables import batches
from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.explain import amount_of
from hearth.timescales.lateness import with_reasons
from hearth.timescales.limits import BY_SCHOOL, Limit, Limits, national
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
    parts = batches.parts(record) if batches.is_large(record) else [record]
    return due_of_parts(parts, as_of, days, owner, only=only, history=history, limits=limits)


def due_of_parts(
    parts: Iterable[Record],
    as_of: date,
    days: int | None = None,
    owner: str | None = None,
    *,
    only: Only | None = None,
    history: bool = False,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """What ``due_list`` gives, of records that are looked at one after the other: each of authorities of its own."""
    said, whose = limits or national(), only or Only()
    order = ("due_on", "subject_id") if history else ("urgency", "due_on", "subject_id")
    found = [_list(part, as_of, days, owner=owner, only=whose, history=history, limits=said) for part in parts]
    return pl.concat(found).sort(*order, "duty", nulls_last=True).select(COLUMNS)


def _list(
    record: Record, as_of: date, days: int | None, *, owner: str | None, only: Only, history: bool, limits: Limits
) -> pl.DataFrame:
    """The rows of the list, with ``urgency``, in no order."""
    since = None if history else as_of
    found = occurrences(record, only=owned_by(owner), limits=limits, lapsed_since=since, done_since=since)
    stood = standing(found, [as_of]) if history else _open(current(found, [as_of]), as_of, days)
    placed = with_workers(_with_words(_with_family(stood, record)), record, as_of)
    return _with_why(with_reasons(only.of(placed), record), limits).select(*COLUMNS, "urgency")


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
            limit,
            d.words.responsible_role,
            d.rules,
            d.counted_from(limit, is_later=False),
            d.counted_from(limit, is_later=True),
            d.words.citation,
        )
        for d in DUTIES.values()
        for limit in dict.fromkeys(limit for limit, _ in d.cases)
    ]
    names = ("duty", "title", "limit", "owner", "rule", "trigger", "counted_from", "law")
    words = pl.DataFrame(rows, schema=names, orient="row")
    plain = stood.with_columns(pl.col("duty", "limit").cast(pl.String))
    return plain.join(words, on=("duty", "limit"), how="left", maintain_order="left")


def _said(column: str) -> pl.Expr:
    """A day as people write it: 1 February 2024."""
    return pl.col(column).dt.to_string("%-d %B %Y").fill_null("a day not known")


def _with_why(rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    refused = pl.when(pl.col("refused_on").is_not_null()).then(pl.format("refused on {}", _said("refused_on")))
    late = pl.when(pl.col("lateness").is_not_null()).then(pl.format("late: {}", pl.col("lateness")))
    note = pl.concat_str(refused, late, separator="; ", ignore_nulls=True).replace("", None)
    why = pl.format(
        "{}. {}. Basis: {}.",
        _standing_in_words(_not_known(rows, limits)),
        _reason(rows, limits),
        pl.col("law").str.strip_chars_end("."),
    )
    return rows.with_columns(
        why.alias("why"),
        note.alias("note"),
        pl.col("status").cast(pl.String).replace_strict({"overdue": 0, "due": 1}, default=2).alias("urgency"),
        pl.col("status").cast(pl.String),
    )


def _reason(rows: pl.DataFrame, limits: Limits) -> pl.Expr:
    """How long from what: "20 working days from 1 February 2024 (date child becomes looked after)"."""
    trigger = pl.when(pl.col("step") > 0).then("counted_from").otherwise("trigger")
    named = pl.when(trigger != "").then(pl.format("{} ({})", _said("triggered_on"), trigger))
    day = named.otherwise(_said("triggered_on"))
    ids = rows["limit"].unique().drop_nulls().to_list()
    words, plain = _how_long(ids, limits), pl.format("Counted from {}", day)
    given = words.is_not_null() & pl.col("triggered_on").is_not_null() & ~_is_moved(ids, limits)
    return pl.when(given).then(pl.format("{} {}", words, day)).otherwise(plain)


def _is_moved(ids: Sequence[str], limits: Limits) -> pl.Expr:
    """Whether the duty's own word put the due day on another day than its limit does."""
    own = {duty.id: duty for duty in DUTIES.values() if duty.due is not None}
    said = {limit for duty in own.values() for limit, _ in duty.cases}
    by_limit = pl.lit(None, pl.Date)
    for each in (each for each in ids if each in said and all(_words(row) for row in limits.of(each))):
        by_limit = pl.when(pl.col("limit") == each).then(limits.due(each, pl.col("triggered_on"))).otherwise(by_limit)
    return pl.col("duty").is_in(list(own)) & by_limit.ne_missing(pl.col("would_be_due_on"))


def _how_long(ids: Sequence[str], limits: Limits) -> pl.Expr:
    """How long after (or before) a day, by the version of each row's limit that holds for it; null where no number."""
    single = {each: _words(rows[0]) for each in ids if len(rows := limits.of(each)) == 1}
    limit = pl.col("limit")
    said = limit.replace_strict(single, default=None, return_dtype=pl.String)
    for each in (each for each in ids if each not in single):
        for row in reversed(limits.of(each)):
            holds = row.holds(pl.col("triggered_on"), pl.col("authority"))
            is_it = limit == each if holds is None else (limit == each) & holds
            said = pl.when(is_it).then(pl.lit(_words(row), pl.String)).otherwise(said)
    return said


def _words(limit: Limit) -> str | None:
    if limit.unit == "prohibited":
        return "Not allowed at all, since"
    if limit.n is None or limit.unit in ("age", "school_term"):
        return None
    amount = amount_of(limit)
    return "On the day itself," if limit.n == 0 else f"{amount} {'before' if limit.n < 0 else 'from'}"


def _days_from(first: str, last: str) -> pl.Expr:
    """How many days lie between two days, in words."""
    n = (pl.col(last) - pl.col(first)).dt.total_days()
    return pl.when(n == 1).then(pl.lit("1 day")).otherwise(pl.format("{} days", n))


def _not_known(rows: pl.DataFrame, limits: Limits) -> pl.Expr:
    """What of a line is not known: the day counted from, the school terms it is counted by, or whether it was done."""
    ids = rows["limit"].unique().drop_nulls().to_list()
    by_school = pl.col("limit").is_in([each for each in ids if limits.of(each)[0].unit in BY_SCHOOL])
    has_day = pl.col("would_be_due_on").is_not_null()
    is_unseen = has_day & ((pl.col("step") == 0) | ~pl.col("is_done_certain").fill_null(value=True))
    return (
        pl.when(is_unseen)
        .then(pl.format("Due by {}, and whether it was done is not known", _said("would_be_due_on")))
        .when(by_school & ~has_day & pl.col("triggered_on").is_not_null())
        .then(pl.lit("It is counted by the school terms, whose dates are not known"))
        .otherwise(pl.lit("A date that it is counted from is not known"))
    )


def _standing_in_words(not_known: pl.Expr) -> pl.Expr:
    """How each line stands, in a sentence; ``not_known``: what is said where that is not known."""
    due, late = _said("would_be_due_on"), _days_from("due_on", "done_on")
    behind = _days_from("due_on", "as_of")
    after_the_rest = pl.format("Due by {} and done on {}, after what it had to come before", due, _said("done_on"))
    is_after = pl.col("done_on") > pl.col("due_on")
    by_days = pl.format("Due by {} and done on {}, {} late", due, _said("done_on"), late)
    said = {
        "met": pl.format("Due by {} and done on {}, in time", due, _said("done_on")),
        "late": pl.when(is_after).then(by_days).otherwise(after_the_rest),
        "overdue": pl.format("Due by {} and not done, {} overdue", due, behind),
        "due": pl.format("Due by {}, not done yet", due),
        "missed": pl.format("Due by {} and not done when it lapsed on {}", due, _said("lapses_on")),
        "overtaken": pl.format("Due by {} and not done; the next one took its place on {}", due, _said("lapses_on")),
        "lapsed": pl.format("It lapsed on {}, before it fell due on {}", _said("lapses_on"), due),
    }
    words = not_known
    for status, sentence in said.items():
        words = pl.when(pl.col("status") == status).then(sentence).otherwise(words)
    return words
