"""Which duty a link is, when it is due, and whether that can be told: every declaration as expressions, made once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.duty import Condition, Duty, condition
from hearth.timescales.limits import Limits

DUTY = pl.Enum(list(DUTIES))
CASES: Sequence[tuple[Duty, str, Condition]] = tuple(
    (duty, limit, when) for duty in DUTIES.values() for limit, when in duty.cases
)
"""Every limit of every duty with the links it holds for; the first of a clock that fits a link has it."""
STRANDS: Sequence[int] = tuple(CLOCKS.index(duty.clock) for duty, _, _ in CASES)
LIMIT = pl.Enum(list(dict.fromkeys(limit for _, limit, _ in CASES)))
LIMIT_OF = pl.col("case").replace_strict(
    list(range(len(CASES))), pl.Series([limit for _, limit, _ in CASES], dtype=LIMIT), return_dtype=LIMIT
)
DUTY_OF = pl.col("case").replace_strict(
    list(range(len(CASES))), pl.Series([duty.id for duty, _, _ in CASES], dtype=DUTY), return_dtype=DUTY
)

MOST_KEPT = 200
"""Sets of clocks of which it is kept what is asked of their links."""
HAS_CASE = pl.col("case").is_not_null()


@dataclass(frozen=True, eq=False)
class Part:
    """An answer for the links of some cases."""

    cases: frozenset[int]
    answer: pl.Expr


@dataclass(frozen=True, eq=False)
class Asked:
    """Expressions for the links of some clocks, in turn: the case of each, what is counted by it, what is told."""

    case: pl.Expr
    counted: tuple[pl.Expr, ...]
    told: tuple[pl.Expr, ...]


@dataclass(frozen=True, eq=False)
class Judgement:
    """The declarations under certain limits: by case the links it fits; due day, its lawfulness, the duty's own word.

    Cases whose limits say the same share one ``dues`` part.
    """

    fits: tuple[pl.Expr, ...]
    dues: tuple[Part, ...]
    lawful: tuple[Part, ...]
    own: tuple[Part, ...]
    known: tuple[Part, ...]
    _kept: dict[frozenset[int], Asked] = field(default_factory=dict, repr=False)

    def judge(self, found: pl.DataFrame, numbers: Collection[int]) -> pl.DataFrame:
        """Gives each link of the clocks ``numbers`` its duty and its due day.

        Links that no duty claims, or that no limit holds for, go. Adds case, due_on, duty and limit.
        """
        asked = self._asked(frozenset(numbers))
        chosen = found.with_columns(asked.case)
        counted = chosen.filter(HAS_CASE).with_columns(asked.counted)
        return counted.filter("is_lawful").with_columns(asked.told)

    def _asked(self, numbers: frozenset[int]) -> Asked:
        """What is asked of the links of these clocks, put together once: it takes longer than a child's answer."""
        found = self._kept.get(numbers)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[numbers] = self._put_together(numbers)
        return found

    def _put_together(self, numbers: frozenset[int]) -> Asked:
        cases = {case for case, strand in enumerate(STRANDS) if strand in numbers}
        is_lawful = _said(self.lawful, cases, pl.lit(value=True)) | pl.col("triggered_on").is_null()
        is_told = _said(self.known, cases, pl.lit(value=True)) & pl.col("triggered_on").is_not_null()
        return Asked(
            case=pl.coalesce(pl.lit(None, pl.UInt16), *(self.fits[case] for case in sorted(cases))).alias("case"),
            counted=(_said(self.dues, cases, pl.lit(None, pl.Date)).alias("due_on"), is_lawful.alias("is_lawful")),
            told=(
                pl.when(is_told).then(_said(self.own, cases, pl.col("due_on"))).alias("due_on"),
                DUTY_OF.alias("duty"),
                LIMIT_OF.alias("limit"),
            ),
        )


def _said(parts: Sequence[Part], cases: set[int], otherwise: pl.Expr) -> pl.Expr:
    """The answer of the part that a link's case belongs to: it belongs to one, so the answers stand side by side."""
    answers = {frozenset(mine): part.answer for part in parts if (mine := part.cases & cases)}
    if not answers:
        return otherwise
    each = [pl.when(_is_among(mine)).then(answer) for mine, answer in answers.items()]
    return pl.when(_is_among(frozenset().union(*answers))).then(pl.coalesce(each)).otherwise(otherwise)


def _is_among(cases: frozenset[int]) -> pl.Expr:
    return pl.col("case").is_in(sorted(cases)) if len(cases) > 1 else pl.col("case") == min(cases)


@lru_cache(maxsize=32)
def judgement(limits: Limits) -> Judgement:
    """The declarations as expressions under these limits."""
    start = pl.col("triggered_on")
    dues = _shared({case: limits.versions(limit) for case, (_, limit, _) in enumerate(CASES)})
    limit_of = {case: limit for case, (_, limit, _) in enumerate(CASES)}
    firsts = [(cases, limit_of[min(cases)]) for cases in dues]
    return Judgement(
        fits=tuple(_fits(case, limits) for case in range(len(CASES))),
        dues=tuple(Part(cases, limits.due(limit, start)) for cases, limit in firsts),
        lawful=tuple(Part(cases, limits.holds(limit, start)) for cases, limit in firsts if not limits.always(limit)),
        own=_own("due", limits),
        known=_own("known", limits),
    )


def _fits(case: int, limits: Limits) -> pl.Expr:
    duty, _, when = CASES[case]
    fits = (pl.col("strand") == STRANDS[case]) & condition(duty.when, limits) & condition(when, limits)
    return pl.when(fits).then(pl.lit(case, pl.UInt16))


def _shared(keys: Mapping[int, object]) -> list[frozenset[int]]:
    """The cases in groups of the same key."""
    groups: dict[object, list[int]] = {}
    for case, each in keys.items():
        groups.setdefault(each, []).append(case)
    return [frozenset(cases) for cases in groups.values()]


def _own(part: str, limits: Limits) -> tuple[Part, ...]:
    """The duties' own word on the due day, or on whether it can be told."""
    said: dict[Duty, Condition | None] = {duty: getattr(duty, part) for duty in DUTIES.values()}
    of_duty = {duty: frozenset(case for case, row in enumerate(CASES) if row[0] is duty) for duty in said}
    return tuple(Part(of_duty[duty], condition(own, limits)) for duty, own in said.items() if own is not None)
