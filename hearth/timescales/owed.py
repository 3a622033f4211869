"""Every occurrence of every duty over all history, worked out once from the declarations and a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

import polars as pl

from hearth.tables.catalogue import TABLES
from hearth.tables.record import KINDS, Record
from hearth.tables.table import IDENTIFIERS
from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.duty import lacking
from hearth.timescales.history import History
from hearth.timescales.judging import DUTY, LIMIT, judgement
from hearth.timescales.limits import Limits, national
from hearth.timescales.links import Since, Strand, groups, links, strands
from hearth.timescales.sharing import each

SUBJECT = pl.Enum(list(IDENTIFIERS))

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
    "overtaken_on": pl.Date,
    "adult_on": pl.Date,
    "lapses_on": pl.Date,
    "is_known": pl.Boolean,
    "is_done_certain": pl.Boolean,
    "is_in_time": pl.Boolean,
    "limit": LIMIT,
    "step": pl.UInt32,
}
"""An occurrence: ``subject`` and ``subject_id`` say to whom it is owed (child, foster_carer, childrens_home or
authority); ``child_id`` is the child's, null for others. ``child`` numbers them all in this frame; ``occurrence``
numbers what was owed to one of them under one clock.

``opened_on`` is the day from which it exists; ``due_on`` is null when the day cannot be told (``is_known`` is false);
``ended_on`` is the day the span ends in which it is owed (the placement, the period of care), or that on which a later
one took its place (``overtaken_on``); ``adult_on`` the birthday that ends it, ``lapses_on`` the earlier of the two.
``is_in_time`` says whether what was done was done by the due day (or hour). ``limit`` is the id of the limit that gives
the day; ``step`` the link of the chain, 0 for the first.
"""
NOTHING = pl.DataFrame(schema=SCHEMA)


def occurrences(
    record: Record | History,
    only: Collection[str] | None = None,
    limits: Limits | None = None,
    *,
    touched: Collection[str] | None = None,
    subject: str | None = None,
    lapsed_since: date | None = None,
    done_since: date | None = None,
) -> pl.DataFrame:
    """Every occurrence of the duties (all, or ``only`` those ids), over all history; columns as in ``SCHEMA``.

    ``touched`` limits to the duties whose clocks read one of these tables (see ``reading``): after a visit was
    recorded, ``touched={"visits"}`` gives all that can have changed, and the other duties' rows still stand.
    ``subject`` limits to what is owed to one kind (child, foster_carer, childrens_home, authority): a record of one
    child can say nothing of the authority.
    ``lapsed_since`` leaves out those of spans that ended before that day, ``done_since`` what was done before that day,
    for who asks only of the rest, which is then numbered from 1. In the order of the catalogue, then of children, then
    of days. A record of one child costs a millisecond or two a clock that has something to say: keep one ``Limits`` and
    give it each time.
    A duty whose tables the source cannot carry has no rows: see ``unavailable``. Raises KeyError for an unknown id or
    table.
    """
    wanted = [DUTIES[duty_id] for duty_id in (DUTIES if only is None else only)]
    ids = {duty.id for duty in wanted} & set(reading(touched, subject))
    asked = {duty.clock for duty in wanted if duty.id in ids}
    history = record if isinstance(record, History) else History(record, limits or national())
    clocks = {at: clock for at, clock in enumerate(CLOCKS) if clock in asked and not lacking(history.record, clock)}
    since = Since(lapsed_since, done_since)
    some = groups(strands(history, clocks, since))
    found = each(lambda group: _of_group(history, group, since), some, is_large=history.is_large)
    kept = pl.concat([NOTHING, *found])
    all_wanted = all(duty.id in ids for duty in DUTIES.values() if duty.clock in asked)
    return kept if all_wanted else kept.filter(pl.col("duty").is_in(sorted(ids)))


def reading(tables: Collection[str] | None = None, subject: str | None = None) -> list[str]:
    """The duties whose clocks read one of the tables and that are owed to the subject, by id, in the catalogue's order.

    All for None. Raises KeyError for a table that there is not.
    """
    return list(_reading(None if tables is None else frozenset(tables), subject))


@lru_cache(maxsize=256)
def _reading(tables: frozenset[str] | None, subject: str | None) -> tuple[str, ...]:
    unknown = sorted((tables or frozenset()) - set(TABLES))
    if unknown:
        raise KeyError(f"no table called {unknown[0]!r}")
    clocks = {
        clock
        for clock in CLOCKS
        if subject in (None, clock.subject) and (tables is None or not clock.reads.isdisjoint(tables))
    }
    return tuple(duty.id for duty in DUTIES.values() if duty.clock in clocks)


def _of_group(history: History, group: Sequence[Strand], since: Since) -> pl.DataFrame:
    found = links(history, group, since)
    judged = judgement(history.limits).judge(found, [strand.number for strand in group])
    return _finish(judged, history, group)


def unavailable(record: Record, only: Collection[str] | None = None) -> dict[str, str]:
    """The duties that the source says nothing of, each with one plain sentence."""
    wanted = DUTIES if only is None else only
    wanting = {duty_id: lacking(record, DUTIES[duty_id].clock) for duty_id in wanted}
    return {duty_id: _sentence(needs, record) for duty_id, needs in wanting.items() if needs}


def _sentence(needs: Sequence[str], record: Record) -> str:
    return f"needs {' and '.join(needs)}, which {KINDS.get(record.kind, 'this source')} does not carry"


def _finish(judged: pl.DataFrame, history: History, group: Sequence[Strand]) -> pl.DataFrame:
    """The columns of ``SCHEMA``, in order of clock, child and day."""
    subject = group[0].clock.subject
    names = history.roster(subject)["subject_id"].gather(judged["child"] - history.first_number(subject))
    made = {**_finished(subject), "is_in_time": _is_in_time(group).cast(pl.Boolean).alias("is_in_time")}
    return judged.hstack([names]).select(*made.values())


@cache
def _finished(subject: str) -> Mapping[str, pl.Expr]:
    """The columns of ``SCHEMA`` from what was judged of those of one kind."""
    at = pl.int_range(pl.len(), dtype=pl.UInt32)
    first_of_child = pl.col("whose").ne_missing(pl.col("whose").shift(1))
    made = {
        "subject": pl.lit(subject),
        "child_id": pl.col("subject_id") if subject == "child" else pl.lit(None, pl.String),
        "is_known": pl.col("due_on").is_not_null() & pl.col("is_certain"),
        "lapses_on": pl.min_horizontal("ended_on", "adult_on"),
        "occurrence": at - pl.when(first_of_child).then(at).forward_fill() + 1,
    }
    return {name: made.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in SCHEMA.items()}


def _is_in_time(group: Sequence[Strand]) -> pl.Expr:
    """Whether it was done by the due day, or as the clock itself says."""
    by_day = pl.col("done_on") <= pl.col("due_on")
    saying = [strand.number for strand in group if "is_in_time" in strand.spans.columns]
    if len(saying) == len(group):
        return pl.col("is_in_time")
    return pl.when(pl.col("strand").is_in(saying)).then("is_in_time").otherwise(by_day) if saying else by_day
