"""Acts that meet a duty: which of the acts recorded for a child answers which of the events that ask for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import Clock, Deed, Needs, Overtaken
from hearth.timescales.history import MANY, History, in_order, key, once_a_day, preceding

Spans = Callable[[History], pl.DataFrame]
IN_CARE: Needs = ("episodes",)
NO_ACTS = pl.DataFrame(schema={"child": pl.UInt32, "on": pl.Date, "answers_on": pl.Date})


TABLES_OF_ACTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "case_actions": ("kind", "case_action", "done_on"),
        "approvals": ("kind", "approval", "approved_on"),
        "notifications": ("recipient", "recipient", "sent_on"),
        "panels": ("kind", "panel", "met_on"),
        "entitlements": ("kind", "entitlement", "granted_on"),
    }
)
"""Tables of acts: the column that says what was done, its code list, and the day. A kind of act is named by its code in
``case_actions``, or with its table ("approvals.parents").
"""


def _where(kind: str) -> tuple[str, str]:
    """The table and the code of a kind of act; raises KeyError for an unknown one."""
    table, _, code = kind.rpartition(".")
    name = table or "case_actions"
    return name, members(TABLES_OF_ACTS[name][1], code)[0]


def need(kind: str) -> str:
    """The need of a source that records acts of a kind; raises KeyError at import for an unknown kind."""
    return ".".join(_where(kind))


def acts(history: History, kind: str, *, is_refused: bool | None = False) -> pl.DataFrame:
    """Acts of a kind done, or those refused by the child, or both (None): child, on, answers_on; in order."""
    table, code = _where(kind)
    found = history.part_of(BY_KIND[table], code)
    if found is None or (is_refused and not found["is_refused"].any()):
        return NO_ACTS
    if is_refused is None:
        return found[NO_ACTS.columns]
    those = found.filter(pl.col("is_refused") == is_refused) if found["is_refused"].any() else found
    return those[NO_ACTS.columns]


def _by_kind(history: History, table: str) -> pl.DataFrame:
    """The acts of a table: kind, is_refused, child, on, answers_on; in order of child and day."""
    column, _, day = TABLES_OF_ACTS[table]
    found = history.table(table)
    refused = pl.col("is_refused").fill_null(value=False) if "is_refused" in found.columns else pl.lit(value=False)
    answers = pl.col("answers_on") if "answers_on" in found.columns else pl.lit(None, pl.Date)
    told = (pl.col(column).alias("kind"), refused.alias("is_refused"), answers.alias("answers_on"))
    return in_order(found.select("child", pl.col(day).alias("on"), *told), "child", "on")


BY_KIND: Mapping[str, Spans] = MappingProxyType({table: partial(_by_kind, table=table) for table in TABLES_OF_ACTS})


def deed(kind: str) -> Deed:
    """How one more act of a kind is recorded."""
    table, code = _where(kind)
    column, _, day = TABLES_OF_ACTS[table]
    return Deed(table, day, {column: code})


def refused(history: History, kind: str) -> pl.DataFrame:
    """Days on which the child refused an act of a kind: child, on."""
    return acts(history, kind, is_refused=True).select("child", "on")


def acts_of(kind: str, *, is_offer: bool = False) -> Spans:
    """The acts of a kind as the events of a chain: child, on, is_certain. An offer refused was made all the same."""
    return lambda history: _as_events(acts(history, kind, is_refused=None if is_offer else False))


def _as_events(found: pl.DataFrame) -> pl.DataFrame:
    return once_a_day(found.select("child", "on"))


def once(
    name: str,
    spans: Spans,
    kind: str,
    *,
    needs: Needs = IN_CARE,
    also: tuple[str, ...] = (),
    before: str | None = None,
    until: str | None = "adulthood",
    in_care: bool = False,
    is_offer: bool = False,
    overtaken: tuple[Overtaken, ...] = (),
) -> Clock:
    """A clock on which each span asks for one act of a kind.

    ``before``: a limit; an act up to that long before a span began counts for it. ``is_offer``: it is done though it is
    refused. The rest as ``Clock`` has it.
    """
    return Clock(
        name,
        needs=(*needs, need(kind)),
        spans=spans,
        answers=partial(acts, kind=kind, is_refused=None if is_offer else False),
        refusals=partial(refused, kind=kind),
        before=before,
        until=until,
        also=also,
        in_care=in_care,
        overtaken=overtaken,
    )


def repeated(
    name: str,
    spans: Spans,
    kind: str,
    *,
    needs: Needs = IN_CARE,
    also: tuple[str, ...] = (),
    before: str | None = None,
    until: str | None = "adulthood",
    in_care: bool = False,
    is_offer: bool = False,
    overtaken: tuple[Overtaken, ...] = (),
) -> Clock:
    """A clock on which acts of a kind are owed again and again while a span lasts; as ``once``."""
    return Clock(
        name,
        needs=(*needs, need(kind)),
        spans=spans,
        events=acts_of(kind, is_offer=is_offer),
        refusals=partial(refused, kind=kind),
        before=before,
        until=until,
        also=also,
        deed=deed(kind),
        in_care=in_care,
        overtaken=overtaken,
    )


def answered(history: History, spans: pl.DataFrame, done: pl.DataFrame, before: str | None = None) -> pl.DataFrame:
    """The spans with ``done_on``: the first act in each, or the last shortly before it that met no other.

    ``done``: child, on and perhaps answers_on, the day of the event that the source says the act answers. An act falls
    in the span that began last before it (or before what it answers). ``before``: a limit.
    """
    return first_acts(in_order(_in_reach(history, spans, before), "child", "opened_on"), done)


def answered_by_next(spans: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """The spans with ``done_on``: the first act (child, on) in each, which may answer several that were open."""
    if spans.is_empty():
        return spans.drop("done_on", strict=False).with_columns(done_on=pl.lit(None, pl.Date))
    acts = done.select(key("child", "on").alias("key"), pl.col("child").alias("whose"), pl.col("on").alias("done_on"))
    keyed = spans.drop("done_on", strict=False).with_columns(key("child", "opened_on").alias("key")).sort("key")
    found = keyed.join_asof(acts.sort("key"), on="key", strategy="forward")
    in_time = (pl.col("done_on") <= pl.col("ended_on")).fill_null(value=True)
    mine = (pl.col("whose") == pl.col("child")) & in_time
    return found.with_columns(pl.when(mine).then("done_on").alias("done_on")).drop("key", "whose")


def answered_each(
    history: History, spans: pl.DataFrame, done: Mapping[str, pl.DataFrame], before: str | None = None
) -> pl.DataFrame:
    """The spans once for each kind of act, the kind as ``part``, with ``done_on`` as ``answered`` gives it."""
    ordered = _in_reach(history, in_order(spans, "child", "opened_on"), before)
    asked = [_for_part(ordered, at).with_columns(pl.lit(part).alias("part")) for at, part in enumerate(done)]
    given = [_for_part(acts, at) for at, acts in enumerate(done.values())]
    return first_acts(pl.concat(asked), pl.concat(given), "whose").drop("whose")


def _for_part(rows: pl.DataFrame, at: int) -> pl.DataFrame:
    """With ``whose``, which tells apart what different parts say of a child."""
    return rows.with_columns((pl.col("child").cast(pl.Int64) + at * MANY).alias("whose"))


def _in_reach(history: History, spans: pl.DataFrame, before: str | None) -> pl.DataFrame:
    """With ``reach``, the first day on which an act before each span counts, where some do."""
    if before is None:
        return spans
    return spans.with_columns(reach=history.before(before, "opened_on"))


def first_acts(spans: pl.DataFrame, done: pl.DataFrame, whose: str = "child") -> pl.DataFrame:
    """Spans, in order of ``whose`` and day, with ``done_on`` as ``answered`` gives it.

    ``reach``, where the spans have it, is the first day on which an act before the span counts; it is dropped.
    """
    if done.is_empty() or spans.is_empty():
        return spans.drop("reach", strict=False).with_columns(done_on=pl.lit(None, pl.Date))
    placed = _placed(spans, done, whose)
    first = placed.filter(pl.col("at").is_not_null()).set_sorted("at").group_by("at").agg(pl.col("on").min())
    nothing = pl.Series("done_on", [None], dtype=pl.Date).new_from_index(0, spans.height)
    met = nothing.scatter(first["at"], first["on"])
    found = spans.with_columns(met)
    if "reach" not in spans.columns:
        return found
    is_free = (placed["on"] != met.gather(placed["at"])).fill_null(value=True) & placed["answers_on"].is_null()
    return _or_before(found, placed.filter(is_free), whose)


def _placed(spans: pl.DataFrame, done: pl.DataFrame, whose: str) -> pl.DataFrame:
    """Acts (whose, on, answers_on) in order, with ``at``, the row of the span they fall in; null outside all."""
    answers = pl.col("answers_on") if "answers_on" in done.columns else pl.lit(None, pl.Date)
    counts = key(whose, pl.coalesce(answers, "on")).alias("key")
    keyed = done.select(whose, "on", answers.alias("answers_on"), counts).filter(pl.col("on").is_not_null()).sort("key")
    at = pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")
    right = spans.select(at, pl.col(whose).alias("of"), "ended_on", key(whose, "opened_on").alias("key"))
    joined = keyed.join_asof(right, on="key", strategy="backward")
    last = pl.when(pl.col("answers_on").is_null()).then("on").otherwise("answers_on")
    inside = (pl.col(whose) == pl.col("of")) & (last <= pl.col("ended_on")).fill_null(value=True)
    return joined.select(whose, "on", "answers_on", pl.when(inside).then("at").alias("at"), "key")


def _or_before(spans: pl.DataFrame, free: pl.DataFrame, whose: str) -> pl.DataFrame:
    """With the last free act since the span before began and within reach of this one, where there is one."""
    reach = pl.max_horizontal("reach", preceding("opened_on", of=whose))
    left = spans.with_columns(
        pl.when(pl.col("reach").is_not_null()).then(reach).alias("reach"), (key(whose, "opened_on") - 1).alias("key")
    )
    right = free.select("key", pl.col("on").alias("before_on"), pl.col(whose).alias("of"))
    joined = left.join_asof(right, on="key", strategy="backward")
    counts = (pl.col("of") == pl.col(whose)) & (pl.col("before_on") >= pl.col("reach"))
    best = pl.coalesce(pl.when(counts).then("before_on"), "done_on").alias("done_on")
    return joined.select(*(best if name == "done_on" else name for name in spans.columns if name != "reach"))
