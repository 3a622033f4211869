"""The engine: duties and a record in, every occurrence of every duty out, and its status on any day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from hearth.tables import catalogue as tables
from hearth.tables.record import KINDS, Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import Clock, Duty, condition
from hearth.timescales.history import History
from hearth.timescales.limits import Limits, national
from hearth.timescales.links import links

STATUSES = ("met", "late", "overdue", "due", "missed", "lapsed", "not_known")
STATUS = pl.Enum(STATUSES)
DUTY = pl.Enum(list(DUTIES))

SCHEMA: Mapping[str, type[pl.DataType] | pl.DataType] = {
    "authority": pl.String,
    "child_id": pl.String,
    "child": pl.UInt32,
    "duty": DUTY,
    "occurrence": pl.UInt32,
    "opened_on": pl.Date,
    "triggered_on": pl.Date,
    "due_on": pl.Date,
    "done_on": pl.Date,
    "refused_on": pl.Date,
    "ended_on": pl.Date,
    "adult_on": pl.Date,
    "lapses_on": pl.Date,
    "is_known": pl.Boolean,
    "is_done_certain": pl.Boolean,
    "is_in_time": pl.Boolean,
}
"""An occurrence: ``child`` numbers the children of this frame; ``occurrence`` numbers what was owed to one child under one clock.

``opened_on`` is the day from which it exists; ``due_on`` is null when the day cannot be told (``is_known`` is false);
``ended_on`` is the day the span ends in which it is owed (the placement, the period of care), ``adult_on`` the birthday that ends it,
``lapses_on`` the earlier of the two. ``is_in_time`` says whether what was done was done by the due day (or hour)."""


def occurrences(record: Record, only: Collection[str] | None = None, limits: Limits | None = None) -> pl.DataFrame:
    """Every occurrence of the duties (all, or ``only`` those ids), over all history; columns as in ``SCHEMA``.

    A duty whose tables the source cannot carry has no rows: see ``unavailable``. Raises KeyError for an unknown id.
    """
    wanted = [DUTIES[duty_id] for duty_id in (DUTIES if only is None else only)]
    history = History(record, limits or national())
    clocks = list(dict.fromkeys(duty.clock for duty in wanted if not record.lacks(duty.clock.needs)))
    found = [_of_clock(history, clock) for clock in clocks]
    kept = pl.concat([pl.DataFrame(schema=SCHEMA), *found])
    ids = {duty.id for duty in wanted}
    all_wanted = all(duty.id in ids for duty in DUTIES.values() if duty.clock in clocks)
    return kept if all_wanted else kept.filter(pl.col("duty").is_in([duty.id for duty in wanted]))


def unavailable(record: Record, only: Collection[str] | None = None) -> dict[str, str]:
    """The duties that the source says nothing of, each with one plain sentence."""
    wanted = DUTIES if only is None else only
    lacking = {duty_id: record.lacks(DUTIES[duty_id].clock.needs) for duty_id in wanted}
    return {duty_id: _sentence(needs, record) for duty_id, needs in lacking.items() if needs}


def _sentence(needs: Sequence[str], record: Record) -> str:
    words = " and ".join(_words(need) for need in needs)
    return f"needs {words}, which {KINDS.get(record.kind, 'this source')} does not carry"


def _words(need: str) -> str:
    table, _, column = need.partition(".")
    words = tables.title(table)
    words = words[0].lower() + words[1:]
    return f"{words} ({column.replace('_', ' ')})" if column else words


def _of_clock(history: History, clock: Clock) -> pl.DataFrame:
    duties = [duty for duty in DUTIES.values() if duty.clock is clock]
    return _finish(_judge(links(history, clock), duties, history.limits), history)


def _judge(found: pl.DataFrame, duties: Sequence[Duty], limits: Limits) -> pl.DataFrame:
    """Gives each link its duty and its due day; links that no duty claims, or that no limit holds for, go."""
    cases = [(duty, limit, when) for duty in duties for limit, when in duty.cases]
    fits = [condition(duty.when, limits) & condition(when, limits) for duty, _, when in cases]
    chosen = found.with_columns(_first_that_fits(fits).alias("case")).filter(pl.col("case").is_not_null())
    counted = chosen.with_columns(_due(cases, limits).alias("due_on"))
    lawful = pl.col("due_on").is_not_null() | pl.col("triggered_on").is_null()
    return (
        counted.filter(lawful)
        .with_columns(_per_duty(cases, "due").alias("due_on"), _per_duty(cases, "known").alias("is_told"))
        .with_columns(pl.when("is_told").then("due_on").alias("due_on"), _duty_of(cases).alias("duty"))
    )


def _first_that_fits(fits: Sequence[pl.Expr]) -> pl.Expr:
    chosen = pl.lit(None, pl.UInt8)
    for number, fit in reversed(list(enumerate(fits))):
        chosen = pl.when(fit).then(pl.lit(number, pl.UInt8)).otherwise(chosen)
    return chosen


def _due(cases: Sequence[tuple[Duty, str, object]], limits: Limits) -> pl.Expr:
    due = pl.lit(None, pl.Date)
    for number, (_, limit, _) in enumerate(cases):
        due = pl.when(pl.col("case") == number).then(limits.due(limit, pl.col("triggered_on"))).otherwise(due)
    return due


def _per_duty(cases: Sequence[tuple[Duty, str, object]], part: str) -> pl.Expr:
    """The duty's own word on its due day, or on whether it can be told; else as it stands."""
    answer = pl.col("due_on") if part == "due" else pl.lit(value=True)
    for number, (duty, _, _) in enumerate(cases):
        own: pl.Expr | None = getattr(duty, part)
        if own is not None:
            answer = pl.when(pl.col("case") == number).then(own).otherwise(answer)
    return answer


def _duty_of(cases: Sequence[tuple[Duty, str, object]]) -> pl.Expr:
    ids = [duty.id for duty, _, _ in cases]
    return pl.col("case").replace_strict(list(range(len(ids))), ids, return_dtype=DUTY)


def _finish(judged: pl.DataFrame, history: History) -> pl.DataFrame:
    """The columns of ``SCHEMA``, in order of child and day."""
    in_time = pl.col("is_in_time") if "is_in_time" in judged.columns else pl.col("done_on") <= pl.col("due_on")
    at = pl.int_range(pl.len(), dtype=pl.UInt32)
    first_of_child = (pl.col("child") != pl.col("child").shift(1)).fill_null(value=True)
    names = history.children.select("child_id")[judged["child"]]
    return (
        judged.hstack(names)
        .with_columns(
            in_time.alias("is_in_time"),
            (pl.col("due_on").is_not_null() & pl.col("is_certain")).alias("is_known"),
            pl.min_horizontal("ended_on", "adult_on").alias("lapses_on"),
            (at - pl.when(first_of_child).then(at).forward_fill() + 1).alias("occurrence"),
        )
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    )


def as_of(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """Occurrences as they stood on each of the days: those already opened, with ``as_of`` and ``status``.

    Nothing later is known: done_on, refused_on and ended_on after the day are null. For a lapsed row due_on is null and
    ``would_be_due_on`` keeps the day. Made for a few days; ``due_in`` and ``current`` answer for many.
    """
    return pl.concat([_stood(found.filter(pl.col("opened_on") <= day), day) for day in on])


def _stood(found: pl.DataFrame, day: date) -> pl.DataFrame:
    dated = [pl.when(pl.col(name) <= day).then(name).alias(name) for name in ("done_on", "refused_on", "ended_on")]
    return (
        found.with_columns(
            *dated, pl.lit(day).alias("as_of"), (pl.col("is_done_certain") | (pl.col("done_on") > day)).alias("is_done_certain")
        )
        .with_columns(pl.min_horizontal("ended_on", "adult_on").alias("lapses_on"))
        .with_columns(_status(day).cast(STATUS).alias("status"), pl.col("due_on").alias("would_be_due_on"))
        .with_columns(pl.when(pl.col("status") != "lapsed").then("due_on").alias("due_on"))
    )


def _status(day: date) -> pl.Expr:
    undone, lapses, due = pl.col("done_on").is_null(), pl.col("lapses_on"), pl.col("due_on")
    return (
        pl.when(~pl.col("is_known") | ~pl.col("is_done_certain").fill_null(value=True))
        .then(pl.lit("not_known"))
        .when(~undone & pl.col("is_in_time"))
        .then(pl.lit("met"))
        .when(~undone)
        .then(pl.lit("late"))
        .when((due >= lapses).fill_null(value=False))
        .then(pl.lit("lapsed"))
        .when((lapses <= day).fill_null(value=False))
        .then(pl.lit("missed"))
        .when(due < day)
        .then(pl.lit("overdue"))
        .otherwise(pl.lit("due"))
    )


def due_in(found: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """What fell due in each period, with its status on the period's last day.

    ``periods``: columns as_of, period_start. Rows: occurrences with period_start <= due_on <= as_of that had not lapsed, as ``as_of`` gives them,
    with ``period_start``; and those whose due day is not known that were open in the period (status not_known), to be counted apart.
    """
    return pl.concat([_due_in(found, *period) for period in periods.select("as_of", "period_start").rows()])


def _due_in(found: pl.DataFrame, day: date, start: date) -> pl.DataFrame:
    fell_due = pl.col("due_on").is_between(start, day)
    was_open = (pl.min_horizontal("done_on", "lapses_on") >= start).fill_null(value=True)
    not_told = pl.col("due_on").is_null() & was_open
    stood = _stood(found.filter((pl.col("opened_on") <= day) & (fell_due | not_told)), day)
    return stood.filter(pl.col("status") != "lapsed").with_columns(pl.lit(start).alias("period_start"))


def current(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """What is open on each day: for each child and duty the occurrence not yet done in a span that still runs.

    Status due (in date), overdue, lapsed (due only after the birthday that ends it) or not_known. Columns as ``as_of``.
    """
    return pl.concat([_current(found, day) for day in on])


def _current(found: pl.DataFrame, day: date) -> pl.DataFrame:
    undone = (pl.col("done_on") > day).fill_null(value=True)
    runs = (pl.col("lapses_on") > day).fill_null(value=True)
    return _stood(found.filter((pl.col("opened_on") <= day) & undone & runs), day)


def latest_due(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """For each child the latest occurrence, of all duties in the frame, whose day had come by each day.

    An occurrence due on the very day and not yet done is still in time and is passed over. Columns as ``as_of``; status met,
    late, overdue, missed or not_known.
    """
    return pl.concat([_latest_due(found, day) for day in on])


def _latest_due(found: pl.DataFrame, day: date) -> pl.DataFrame:
    open_today = (pl.col("due_on") == day) & (pl.col("done_on") > day).fill_null(value=True)
    lapsed = (pl.col("due_on") >= pl.min_horizontal(pl.when(pl.col("ended_on") <= day).then("ended_on"), "adult_on")) & (
        pl.col("done_on") > day
    ).fill_null(value=True)
    came = found.filter((pl.col("due_on") <= day) & ~open_today & ~lapsed.fill_null(value=False))
    latest = came.sort("child", "due_on", "opened_on").unique("child", keep="last", maintain_order=True)
    return _stood(latest, day)
