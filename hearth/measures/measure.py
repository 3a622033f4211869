"""What a measure is: a declaration of who is counted, among whom, and what the number means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period

Kind = Literal["count", "percentage", "rate", "average", "distribution"]
Better = Literal["higher", "lower", "neutral"]
Unknown = Literal["in denominator", "out of denominator"]
Population = Callable[["Facts"], pl.DataFrame]
"""One row per subject (a child, or an event of a child) and period: authority, child_id, as_of, period_start, ``on``
(the day on which breakdowns look at the child) and the facts that measures ask about."""

AREAS: dict[str, str] = {
    "population": "Our children and young people",
    "safety": "Safety",
    "family": "Families and entry to care",
    "permanence": "Permanence and planning",
    "placements": "Homes",
    "voice": "Voice",
    "health": "Health",
    "education": "Education",
    "transition": "Leaving care",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Measure:
    """A measure as data; the engine adds dates, breakdowns and the children behind the number.

    ``among`` says who of the population is in the denominator (all by default; null when that is not known) and
    ``counts`` who, or how much, is in the numerator (null when not known). The kinds give: count, the sum; percentage,
    100 x sum / denominator; average, sum / denominator; rate, ``per`` x sum / denominator; distribution, the share of
    each band. ``unknown`` says whether a subject whose answer is not known stays in the denominator.
    """

    id: str
    title: str
    area: str
    kind: Kind
    population: Population
    among: pl.Expr | None = None
    counts: pl.Expr | None = None
    unknown: Unknown = "in denominator"
    numerator: str
    denominator: str = "n/a"
    meaning: str
    better: Better
    target: float | None = None
    unit: str
    source: str
    follows: Literal["national", "local"]
    reading: str = ""
    needs: tuple[str | tuple[str, ...], ...]
    """Tables and columns the source must carry; a tuple inside holds alternatives, of which one is enough."""
    duties: tuple[str, ...] = ()
    """The duties this measure counts, by id: the engine works out their occurrences once for all measures."""
    over: Literal["day", "period"] = "day"
    """What the source's history must cover: the reporting day, or the whole period up to it."""
    bands: str | None = None
    """A column of the population by which the measure is always shown (the bands of a distribution)."""
    all_bands: tuple[str, ...] = ()
    """The bands in order, those without a child included."""
    per: float = 1.0
    """The multiplier of a rate."""
    is_of_residents: bool = False
    """The denominator is the number of children who live in the area, given from outside."""
    statistic: pl.Expr | None = None
    """An aggregate over the subjects in the denominator, in place of the kind's own value (a correlation)."""
    given: Callable[[Facts, Period], str | None] | None = None
    """Says in a sentence why the source cannot give the measure for a period; null when it can."""
    shows: tuple[str, ...] = ()
    """Columns of the population that explain a child's row in the list behind the number."""

    def __post_init__(self) -> None:
        """Raises ValueError for an area that does not exist, so that a slip fails on import."""
        if self.area not in AREAS:
            raise ValueError(f"measure {self.id} is in the area {self.area!r}; there are {', '.join(AREAS)}")
