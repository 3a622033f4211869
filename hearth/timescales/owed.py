"""Every occurrence of every duty over all history, worked out once from the declarations and a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from hearth.tables.record import KINDS, Record
from hearth.tables.table import IDENTIFIERS
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import Clock, Condition, Duty, condition, lacking
from hearth.timescales.history import History
from hearth.timescales.limits import Limits, national
from hearth.timescales.links import links

DUTY = pl.Enum(list(DUTIES))
SUBJECT = pl.Enum(list(IDENTIFIERS))
Cases = Sequence[tuple[Duty, str, Condition]]

SCHEMA: Mapping[str, type[pl.DataType] | pl.DataType] = {
    "authority": pl.String,
    "child_id": pl.String,
    "subject": SUBJECT,
    "subject_id": pl.String,
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
"""An occurrence: ``subject`` and ``subject_id`` say to whom it is owed (child, foster_carer, childrens_home or
authority); ``child_id`` is the child's, null for others. ``child`` numbers them all in this frame; ``occurrence``
numbers what was owed to one of them under one clock.

``opened_on`` is the day from which it exists; ``due_on`` is null when the day cannot be told (``is_known`` is false);
``ended_on`` is the day the span ends in which it is owed (the placement, the period of care), ``adult_on`` the birthday
that ends it, ``lapses_on`` the earlier of the two. ``is_in_time`` says whether what was done was done by the due day
(or hour).
"""


def occurrences(
    record: Record,
    only: Collection[str] | None = None,
    limits: Limits | None = None,
    *,
    lapsed_since: date | None = None,
) -> pl.DataFrame:
    """Every occurrence of the duties (all, or ``only`` those ids), over all history; columns as in ``SCHEMA``.

    ``lapsed_since`` leaves out those of spans that ended before that day, for who asks only of later ones; what is left
    is numbered from 1.
    A duty whose tables the source cannot carry has no rows: see ``unavailable``. Raises KeyError for an unknown id.
    """
    wanted = [DUTIES[duty_id] for duty_id in (DUTIES if only is None else only)]
    history = History(record, limits or national())
    clocks = list(dict.fromkeys(duty.clock for duty in wanted if not lacking(record, duty.clock)))
    found = [_of_clock(history, clock, lapsed_since) for clock in clocks]
    kept = pl.concat([pl.DataFrame(schema=SCHEMA), *found])
    ids = {duty.id for duty in wanted}
    all_wanted = all(duty.id in ids for duty in DUTIES.values() if duty.clock in clocks)
    return kept if all_wanted else kept.filter(pl.col("duty").is_in([duty.id for duty in wanted]))


def unavailable(record: Record, only: Collection[str] | None = None) -> dict[str, str]:
    """The duties that the source says nothing of, each with one plain sentence."""
    wanted = DUTIES if only is None else only
    wanting = {duty_id: lacking(record, DUTIES[duty_id].clock) for duty_id in wanted}
    return {duty_id: _sentence(needs, record) for duty_id, needs in wanting.items() if needs}


def _sentence(needs: Sequence[str], record: Record) -> str:
    return f"needs {' and '.join(needs)}, which {KINDS.get(record.kind, 'this source')} does not carry"


def _of_clock(history: History, clock: Clock, lapsed_since: date | None) -> pl.DataFrame:
    found = links(history, clock, lapsed_since)
    if found.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    duties = [duty for duty in DUTIES.values() if duty.clock is clock]
    return _finish(_judge(found, duties, history.limits), history, clock.subject)


def _judge(found: pl.DataFrame, duties: Sequence[Duty], limits: Limits) -> pl.DataFrame:
    """Gives each link its duty and its due day; links that no duty claims, or that no limit holds for, go."""
    cases = [(duty, limit, when) for duty in duties for limit, when in duty.cases]
    fits = [condition(duty.when, limits) & condition(when, limits) for duty, _, when in cases]
    chosen = found.with_columns(_first_that_fits(fits).alias("case")).filter(pl.col("case").is_not_null())
    counted = chosen.with_columns(_due(cases, limits).alias("due_on"))
    lawful = _holds(cases, limits) | pl.col("triggered_on").is_null()
    return (
        counted.filter(lawful)
        .with_columns(
            _per_duty(cases, "due", limits).alias("due_on"), _per_duty(cases, "known", limits).alias("is_told")
        )
        .with_columns(pl.when("is_told").then("due_on").alias("due_on"), _duty_of(cases).alias("duty"))
    )


def _first_that_fits(fits: Sequence[pl.Expr]) -> pl.Expr:
    chosen = pl.lit(None, pl.UInt8)
    for number, fit in reversed(list(enumerate(fits))):
        chosen = pl.when(fit).then(pl.lit(number, pl.UInt8)).otherwise(chosen)
    return chosen


def _due(cases: Cases, limits: Limits) -> pl.Expr:
    due = pl.lit(None, pl.Date)
    for number, (_, limit, _) in enumerate(cases):
        due = pl.when(pl.col("case") == number).then(limits.due(limit, pl.col("triggered_on"))).otherwise(due)
    return due


def _holds(cases: Cases, limits: Limits) -> pl.Expr:
    """Whether the limit of the link's case holds for its trigger."""
    holds = pl.lit(value=False)
    for number, (_, limit, _) in enumerate(cases):
        is_case = pl.col("case") == number
        holds = pl.when(is_case).then(limits.holds(limit, pl.col("triggered_on"))).otherwise(holds)
    return holds


def _per_duty(cases: Cases, part: str, limits: Limits) -> pl.Expr:
    """The duty's own word on its due day, or on whether it can be told; else as it stands."""
    answer = pl.col("due_on") if part == "due" else pl.lit(value=True)
    for number, (duty, _, _) in enumerate(cases):
        own: Condition | None = getattr(duty, part)
        if own is not None:
            answer = pl.when(pl.col("case") == number).then(condition(own, limits)).otherwise(answer)
    return answer


def _duty_of(cases: Cases) -> pl.Expr:
    ids = [duty.id for duty, _, _ in cases]
    return pl.col("case").replace_strict(list(range(len(ids))), ids, return_dtype=DUTY)


def _finish(judged: pl.DataFrame, history: History, subject: str) -> pl.DataFrame:
    """The columns of ``SCHEMA``, in order of child and day."""
    in_time = pl.col("is_in_time") if "is_in_time" in judged.columns else pl.col("done_on") <= pl.col("due_on")
    at = pl.int_range(pl.len(), dtype=pl.UInt32)
    first_of_child = (pl.col("child") != pl.col("child").shift(1)).fill_null(value=True)
    roster = history.roster(subject)
    names = roster["subject_id"].gather(judged["child"] - (roster["child"].min() or 0))
    whose = pl.col("subject_id") if subject == "child" else pl.lit(None, pl.String)
    return (
        judged.hstack([names])
        .with_columns(
            pl.lit(subject).alias("subject"),
            whose.alias("child_id"),
            in_time.alias("is_in_time"),
            (pl.col("due_on").is_not_null() & pl.col("is_certain")).alias("is_known"),
            pl.min_horizontal("ended_on", "adult_on").alias("lapses_on"),
            (at - pl.when(first_of_child).then(at).forward_fill() + 1).alias("occurrence"),
        )
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    )
