"""Spans and events made into links: each runs from what triggered it to what was done next.

Clocks that say little are worked out together, in one frame, so that a child costs little; a large one by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

import polars as pl

from hearth.timescales.acts import first_acts
from hearth.timescales.duty import Clock
from hearth.timescales.history import DAYS_PER_CHILD, MANY, History, key, without
from hearth.timescales.overtaking import with_overtaken
from hearth.timescales.sharing import Once, each

TOGETHER = 100_000
"""Rows of spans and events up to which clocks are worked out together."""
FEW = 1_000
"""Rows of which it costs more to leave some out than to keep all."""
LAST_DAY = pl.min_horizontal("ended_on", pl.col("adult_on").dt.offset_by("-1d"))
"""The last day on which something can be done: the end of the span, or the day before the birthday that ends it."""


@dataclass(frozen=True)
class Since:
    """What is asked: nothing that lapsed, or was done, before a day; None for all."""

    lapsed: date | None = None
    done: date | None = None

    def lasts(self, *ends: str) -> pl.Expr:
        """Whether a span had not ended before the day, by these columns."""
        return _not_before(ends, self.lapsed)

    def is_undone(self) -> pl.Expr:
        """Whether a link had not been done before the day."""
        return _not_before(("done_on",), self.done)


@lru_cache(maxsize=64)
def _not_before(days: tuple[str, ...], since: date | None) -> pl.Expr:
    """Whether the first of the days is not before another, or not known."""
    return (pl.min_horizontal(days) >= pl.lit(since, pl.Date)).fill_null(value=True)


ALL = Since()


@dataclass(frozen=True, eq=False)
class Strand:
    """What a clock says of a record; ``number`` tells it from the others worked out with it.

    ``spans``: with authority, born_on, died_on and adult_on (when it ends) of whom each is about.
    """

    number: int
    clock: Clock
    spans: pl.DataFrame
    events: pl.DataFrame | None
    answers: pl.DataFrame | None
    refusals: pl.DataFrame | None

    @property
    def size(self) -> int:
        """Rows of spans and of what may meet them."""
        return self.spans.height + sum(frame.height for frame in (self.events, self.answers) if frame is not None)


def strands(history: History, clocks: Mapping[int, Clock], since: Since = ALL) -> list[Strand]:
    """What the clocks say, in order; silent ones are left out, and all of those of whom nothing is asked."""
    if history.is_large:
        each(history.table, sorted({name for clock in clocks.values() for name in clock.reads}), is_large=True)
    running = Once[History | None]()
    mine = {
        whose: partial(history.running, whose[0], since.lapsed, in_care=whose[1])
        for whose in {_whose(clock) for clock in clocks.values()}
    }

    def asked(clock: tuple[int, Clock]) -> Strand | None:
        whose = _whose(clock[1])
        return _asked(running(whose, mine[whose]), *clock, since)

    said = each(asked, clocks.items(), is_large=history.is_large)
    return [strand for strand in said if strand is not None]


def groups(some: Sequence[Strand], at_most: int = TOGETHER) -> Iterator[list[Strand]]:
    """Strands in groups to be worked out together."""
    group: list[Strand] = []
    for strand in some:
        if group and not _go_together([*group, strand], at_most):
            yield group
            group = []
        group.append(strand)
    if group:
        yield group


def _go_together(group: Sequence[Strand], at_most: int) -> bool:
    """Whether the clocks are owed to the same kind of subject and small enough together."""
    return sum(each.size for each in group) <= at_most and len({each.clock.subject for each in group}) == 1


def _whose(clock: Clock) -> tuple[str | None, bool]:
    """Of which children the clock tells: the limit that ends what it asks for, and whether the end of care does."""
    return (clock.until if clock.subject == "child" else None), clock.in_care


def _asked(mine: History | None, number: int, clock: Clock, since: Since) -> Strand | None:
    """What a clock says of those of whom something is asked, of whom alone the history tells; None for nobody."""
    if mine is None:
        return None
    spans = with_overtaken(clock.spans(mine), clock)
    if not clock.is_chain and "done_on" in spans.columns and clock.answers is None and since.done is not None:
        spans = spans.filter(since.is_undone())
    if spans.is_empty():
        return None
    whole = _with_child(spans, clock, mine)
    if since.lapsed is None:
        return _strand(mine, number, clock, whole)
    lasting = whole.select(since.lasts("ended_on", "adult_on", "died_on")).to_series()
    if not lasting.any():
        return None
    return _of_lasting(mine, _strand(mine, number, clock, whole), lasting)


def _with_child(spans: pl.DataFrame, clock: Clock, history: History) -> pl.DataFrame:
    """The clock's spans with the lives of whom they are about."""
    lives = history.lives(clock.subject, clock.until)
    return spans.hstack(lives[spans["child"] - history.first_number(clock.subject)])


def _strand(history: History, number: int, clock: Clock, spans: pl.DataFrame) -> Strand:
    said = (None if tell is None else tell(history) for tell in (clock.events, clock.answers, clock.refusals))
    return Strand(number, clock, spans, *said)


def _of_lasting(history: History, strand: Strand, lasting: pl.Series) -> Strand:
    """What is said of those of whom one span at least lasts: all their spans where one may bear on another."""
    if lasting.all():
        return strand
    clock = strand.clock
    if clock.events is None and clock.answers is None:
        return replace(strand, spans=strand.spans.filter(lasting))
    beyond = history.first_number(clock.subject) + history.roster(clock.subject).height
    is_one = pl.Series([False]).new_from_index(0, beyond).scatter(strand.spans["child"].filter(lasting), True)
    said = (strand.events, strand.answers, strand.refusals)
    met = (None if frame is None else _of(frame, is_one) for frame in said)
    return Strand(strand.number, clock, _of(strand.spans, is_one), *met)


def _of(frame: pl.DataFrame, is_one: pl.Series) -> pl.DataFrame:
    """The rows of some of all that are numbered."""
    return frame if frame.height <= FEW else frame.filter(is_one.gather(frame["child"]))


def links_of(history: History, clock: Clock) -> pl.DataFrame:
    """The links of one clock, as ``links`` gives them."""
    spans = with_overtaken(clock.spans(history), clock)
    return links(history, [_strand(history, 0, clock, _with_child(spans, clock, history))])


def links(history: History, group: Sequence[Strand], since: Since = ALL) -> pl.DataFrame:
    """The links of clocks, in order of clock, child and day.

    Columns: strand, child, whose (child and clock), step, opened_on (from when it is known), triggered_on (null: not
    known), done_on, is_certain (that the trigger was one), is_done_certain, refused_on, ended_on (end of the span),
    overtaken_on, adult_on, born_on, authority, and the facts of span and event.
    """
    chains = [strand for strand in group if strand.clock.is_chain]
    singles = [strand for strand in group if not strand.clock.is_chain]
    parts = [_chain(history, chains, since)] if chains else []
    parts += [_singly(history, singles, since)] if singles else []
    found = _in_order(parts)
    return _with_refusals(_first_in_doubt(found, history, group), group)


def _in_order(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The parts as one frame, in order of the clocks."""
    return parts[0] if len(parts) == 1 else _together(parts).sort("strand", maintain_order=True)


def _among(some: Sequence[Strand]) -> pl.Expr:
    """Whether a row is of one of these clocks."""
    return pl.col("strand").is_in([strand.number for strand in some]) if some else pl.lit(value=False)


def _numbered(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """With ``strand`` and ``whose``, which tell apart what different clocks say of a child."""
    whose = frame["child"].cast(pl.Int64) + number * MANY
    strand = pl.Series("strand", [number], dtype=pl.UInt16).new_from_index(0, frame.height)
    return frame.hstack([strand, whose.alias("whose")])


def _together(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The frames as one; facts that are codes of different lists are words in it."""
    if len(frames) == 1:
        return frames[0]
    kinds = [frame.schema for frame in frames]
    coded = {name for each in kinds for name, kind in each.items() if isinstance(kind, pl.Enum)}
    mixed = [name for name in coded if len({each[name] for each in kinds if name in each}) > 1]
    plain = [_in_words(frame, [name for name in mixed if name in frame.columns]) for frame in frames]
    return pl.concat(plain, how="diagonal")


def _in_words(frame: pl.DataFrame, coded: Sequence[str]) -> pl.DataFrame:
    return frame.cast(dict.fromkeys(coded, pl.String)) if coded else frame


def _first_in_doubt(found: pl.DataFrame, history: History, group: Sequence[Strand]) -> pl.DataFrame:
    """Of a span that began before the source's history it is not known when the first was done.

    A source that shows only the latest event of each child still tells that nothing was ever done.
    """
    if history.record.history_from is None:
        return found
    shows_latest = _among([strand for strand in group if history.shows_latest(strand.clock.needs)])
    shown = pl.col("done_on").is_null() & shows_latest
    in_doubt = (pl.col("step") == 0) & ~history.is_covered("opened_on") & ~shown
    return found.with_columns((pl.col("is_certain") & ~in_doubt).alias("is_certain"))


def _spans(history: History, group: Sequence[Strand]) -> pl.DataFrame:
    """The spans with their defaults and what acts answered them, those that last, in order."""
    whole = _together([_numbered(strand.spans, strand.number) for strand in group])
    ordered = whole.with_columns(*_defaults(whole, group, history)).sort(key("whose", "opened_on"), maintain_order=True)
    return _answered(ordered, group).with_columns(ENDED).filter(LASTS)


NOT_OVERTAKEN = pl.lit(None, pl.Date).alias("overtaken_on")
ENDED = pl.min_horizontal("ended_on", "died_on").alias("ended_on")
LASTS = (pl.min_horizontal("ended_on", "adult_on") > pl.col("opened_on")).fill_null(value=True)


def _defaults(whole: pl.DataFrame, group: Sequence[Strand], history: History) -> Iterator[pl.Expr]:
    """The columns that clocks need not give, and ``reach``, the first day on which something done before counts."""
    for name, default in (("triggered_on", pl.col("opened_on")), ("is_done_certain", pl.lit(value=True))):
        silent = [strand for strand in group if name not in strand.spans.columns]
        own = pl.col(name) if name in whole.columns else default
        is_given = len(silent) in (0, len(group))
        if silent:
            yield (own if is_given else pl.when(_among(silent)).then(default).otherwise(own)).alias(name)
    if "overtaken_on" not in whole.columns:
        yield NOT_OVERTAKEN
    reaches = _reaches(group, history)
    if reaches:
        yield pl.coalesce(reaches).alias("reach")


def _reaches(group: Sequence[Strand], history: History) -> list[pl.Expr]:
    by_limit: dict[str, list[Strand]] = {}
    for strand in group:
        if strand.clock.before is not None:
            by_limit.setdefault(strand.clock.before, []).append(strand)
    opened = pl.col("opened_on")
    return [pl.when(_among(those)).then(history.limits.before(n, opened)) for n, those in by_limit.items()]


def _answered(spans: pl.DataFrame, group: Sequence[Strand]) -> pl.DataFrame:
    """With ``done_on`` of the spans of clocks on which each is answered by one act."""
    answers = [_numbered(each.answers, each.number) for each in group if each.answers is not None]
    if not answers:
        return spans
    asks = _among([strand for strand in group if strand.answers is not None])
    asked = spans if len(answers) == len(group) else spans.filter(asks)
    found = first_acts(asked.drop("done_on", strict=False), _together(answers), "whose")
    return _in_order([found] if len(answers) == len(group) else [spans.filter(~asks), found])


def _singly(history: History, group: Sequence[Strand], since: Since) -> pl.DataFrame:
    """Spans that are themselves a link: what was done is theirs."""
    spans = _spans(history, group)
    asked = spans if since == ALL else spans.filter(since.lasts("ended_on", "adult_on"), since.is_undone())
    return asked.with_columns(ALONE)


ALONE = (pl.lit(0, pl.UInt32).alias("step"), pl.lit(value=True).alias("is_certain"))


def _events_in_spans(spans: pl.DataFrame, chains: Sequence[Strand]) -> pl.DataFrame:
    """Events with the span they fall in (the one that began last); an event on a span's last day is in it."""
    events = [_numbered(strand.events, strand.number) for strand in chains if strand.events is not None]
    keyed = _together(events).with_columns(EVENT_KEY)
    placed = keyed.join_asof(spans.select(WITHIN), on="key", strategy="backward")
    found = without(placed.filter(INSIDE), "key", "of", "last_day")
    return pl.concat([found, _just_before(spans, keyed)]).sort("span", "on") if "reach" in spans.columns else found


EVENT_KEY = key("whose", "on").alias("key")
WITHIN = (
    pl.col("span"),
    key("whose", "opened_on").alias("key"),
    pl.col("whose").alias("of"),
    LAST_DAY.alias("last_day"),
)
INSIDE = (pl.col("whose") == pl.col("of")) & (pl.col("on") <= pl.col("last_day")).fill_null(value=True)


def _just_before(spans: pl.DataFrame, keyed: pl.DataFrame) -> pl.DataFrame:
    """The last event before each span, where it still counts for it."""
    starts = spans.select("span", pl.col("whose").alias("of"), "reach", (key("whose", "opened_on") - 1).alias("key"))
    found = starts.join_asof(keyed, on="key", strategy="backward")
    counts = (pl.col("whose") == pl.col("of")) & (pl.col("on") >= pl.col("reach"))
    return found.filter(counts.fill_null(value=False)).select(*(c for c in keyed.columns if c != "key"), "span")


def _chain(history: History, group: Sequence[Strand], since: Since) -> pl.DataFrame:
    """Start of each span and its events in one line; each is done by the next of its span."""
    spans = _spans(history, group).with_row_index("span")
    begins = spans.select(BEGIN)
    events = without(_events_in_spans(spans, group), "child", "whose", "strand")
    line = pl.concat([begins, events.with_columns(SPAN_KEY)], how="diagonal").sort("key")
    steps = without(line.with_columns(STEPS), "key")
    if since == ALL:
        return _with_span_facts(steps, spans)
    lasting = spans.select(since.lasts("ended_on", "adult_on")).to_series()
    return _with_span_facts(steps.filter(lasting.gather(steps["span"]), since.is_undone()), spans)


AT = pl.int_range(pl.len(), dtype=pl.UInt32)
SAME = pl.col("span") == pl.col("span").shift(-1)
BEGIN = (
    pl.col("span"),
    pl.lit(value=True).alias("is_certain"),
    (pl.col("span").cast(pl.Int64) * DAYS_PER_CHILD).alias("key"),
)
SPAN_KEY = key("span", "on").alias("key")
STEPS = (
    pl.when(SAME).then(pl.col("on").shift(-1)).alias("done_on"),
    pl.when(SAME).then(pl.col("is_certain").shift(-1)).otherwise(pl.lit(value=True)).alias("is_done_certain"),
    (AT - pl.when(pl.col("on").is_null()).then(AT).forward_fill()).alias("step"),
)


def _with_span_facts(steps: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """With the facts of the span; what was done on its very last day triggers nothing more."""
    facts = without(spans, "span", "is_done_certain")[steps["span"]]
    return without(steps.hstack(facts).filter(GOES_ON).with_columns(LINK), "on")


GOES_ON = (pl.col("on") < pl.min_horizontal("ended_on", "adult_on")).fill_null(value=True)
LINK = (
    pl.max_horizontal("opened_on", "on").alias("opened_on"),
    pl.when(pl.col("on").is_null()).then("triggered_on").otherwise("on").alias("triggered_on"),
    pl.col("opened_on").alias("span_opened_on"),
)


def _with_refusals(found: pl.DataFrame, group: Sequence[Strand]) -> pl.DataFrame:
    """The first refusal on or after each link opened and before it was done or the span ended; what began a link is not
    its own.
    """
    refusals = [_numbered(each.refusals, each.number) for each in group if each.refusals is not None]
    if not refusals:
        lacks = "refused_on" not in found.columns
        return found.with_columns(NOT_REFUSED) if lacks else found
    refusing = _among([strand for strand in group if strand.refusals is not None])
    asked = found if len(refusals) == len(group) else found.filter(refusing)
    refused = _refused(asked.drop("refused_on", strict=False), _together(refusals))
    return _in_order([refused] if len(refusals) == len(group) else [found.filter(~refusing), refused])


NOT_REFUSED = pl.lit(None, pl.Date).alias("refused_on")


def _refused(found: pl.DataFrame, refusals: pl.DataFrame) -> pl.DataFrame:
    right = refusals.select(
        key("whose", "on").alias("key"), pl.col("whose").alias("of"), pl.col("on").alias("refused_on")
    )
    begun_by_one = (pl.col("step") > 0).cast(pl.Int64)
    left = found.with_columns((key("whose", "opened_on") + begun_by_one).alias("key")).sort("key", maintain_order=True)
    joined = left.join_asof(right.sort("key"), on="key", strategy="forward")
    over = pl.min_horizontal("done_on", "ended_on")
    is_refused = (pl.col("whose") == pl.col("of")) & (pl.col("refused_on") <= over).fill_null(value=True)
    return joined.with_columns(pl.when(is_refused).then("refused_on").alias("refused_on")).drop("key", "of")
