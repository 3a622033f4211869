"""The measures engine: child by child first, then counted, for many days and every breakdown in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hearth.measures import availability, breakdowns, rates
from hearth.measures.facts import KEYS, Facts
from hearth.measures.measure import Measure, Population
from hearth.measures.periods import Period
from hearth.tables import batches
from hearth.tables.record import Record
from hearth.timescales.limits import Limits

NOBODY_KNOWN = "the source does not say it of any child"
KEPT: dict[str, pl.DataType] = {"measure": pl.String(), "as_of": pl.Date(), "period_start": pl.Date()}
FIGURES: dict[str, pl.DataType] = {
    "numerator": pl.Float64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    "not_known": pl.Int64(),
    "unavailable": pl.String(),
}
BEHIND: dict[str, pl.DataType] = {
    "authority": pl.String(),
    "child_id": pl.String(),
    "on": pl.Date(),
    "numerator": pl.Float64(),
    "denominator": pl.Int64(),
    "facts": pl.String(),
}


def measure(
    record: Record,
    periods: Sequence[Period],
    *,
    by: Sequence[str] = (),
    only: Collection[str] | None = None,
    population: pl.DataFrame | None = None,
    measures: Mapping[str, Measure] | None = None,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """Figures of a record: one row for each measure, day and group.

    ``by`` names columns of ``breakdowns.BREAKDOWNS``; several are crossed and the total is then left out. ``only``
    limits to some ids. ``population`` (authority, year, population) gives rates their residents aged 0 to 17.
    ``limits``: the numbers of the duties, with a council's own (national ones by default).
    Returns measure, as_of, period_start, the columns of ``by`` and the bands of distributions (null in other rows),
    numerator, denominator (null for counts), value (percentages 0 to 100, unrounded), not_known (subjects whose answer
    is not known) and unavailable (why there is no figure; null when there is one).
    """
    chosen = _chosen(measures, only)
    if "authority" in by and batches.is_large(record):
        return _in_batches(record, periods, tuple(by), chosen, population, limits=limits)
    asked = _ask(record, periods, chosen, population, tuple(by), limits=limits)
    return _all_figures(asked, chosen, [frame for group in asked.by_population() for frame in _figures(asked, group)])


def children(
    record: Record,
    periods: Sequence[Period],
    *,
    by: Sequence[str] = (),
    only: Collection[str] | None = None,
    population: pl.DataFrame | None = None,
    measures: Mapping[str, Measure] | None = None,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """The children behind the figures: one row for each subject (a child, or an event of a child), measure and day.

    Returns the keys of ``measure`` and authority, child_id, on (the day the child is looked at), numerator (null when
    not known), denominator (1 in, 0 out because not known, null for counts), facts (what the answer rests on, in
    words). Numerators and denominators add up to the figures; null numerators are their not_known. A count lists
    those counted.
    """
    chosen = _chosen(measures, only)
    asked = _ask(record, periods, chosen, population, tuple(by), limits=limits)
    return _all_behind(asked, chosen, [_behind(asked, each) for group in asked.by_population() for each in group])


def measure_with_children(
    record: Record,
    periods: Sequence[Period],
    listed: Collection[date] | None = None,
    *,
    by: Sequence[str] = (),
    only: Collection[str] | None = None,
    population: pl.DataFrame | None = None,
    limits: Limits | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What ``measure`` and ``children`` give, from one reading of the record: half the time of asking twice.

    ``listed``: the reporting days whose children are listed; all of ``periods`` by default.
    """
    chosen = _chosen(None, only)
    asked = _ask(record, periods, chosen, population, tuple(by), limits=limits)
    figures: list[pl.DataFrame] = []
    behind: list[pl.DataFrame] = []
    for group in asked.by_population():
        figures += _figures(asked, group)
        behind += (_behind(asked, each, listed) for each in group)
    return _all_figures(asked, chosen, figures), _all_behind(asked, chosen, behind)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is asked: the measures that can be given, the days each can be given for, and how to split them."""

    facts: Facts
    measures: tuple[Measure, ...]
    by: tuple[str, ...]
    bands: tuple[str, ...]
    not_given: pl.DataFrame

    def by_population(self) -> Iterator[list[Measure]]:
        """The measures in groups that share a population, so that each population is counted once.

        Those that count duties come first: their occurrences, the largest frame there is, can then be let go.
        """
        groups: dict[Population, list[Measure]] = {}
        for each in sorted(self.measures, key=lambda each: not each.duties):
            groups.setdefault(each.population, []).append(each)
        for group in groups.values():
            if not any(each.duties for each in group):
                self.facts.let_go_of_occurrences()
            yield group
            self.facts.let_go()

    def subjects(self, each: Measure, *own: str) -> pl.DataFrame:
        """The population with the columns it is split by."""
        wanted = tuple(dict.fromkeys((*self.by, *own)))
        return breakdowns.attach(self.facts.of(each.population), wanted, self.facts)

    def drop_not_given(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of measures and days that the source can give."""
        if self.not_given.is_empty():
            return frame
        return frame.join(self.not_given, on=("measure", "as_of"), how="anti", maintain_order="left")


def _chosen(measures: Mapping[str, Measure] | None, only: Collection[str] | None) -> dict[str, Measure]:
    if measures is None:
        from hearth.measures.catalogue import MEASURES, every

        measures = MEASURES if only is None or set(only) <= set(MEASURES) else every()
    return {id_: each for id_, each in measures.items() if only is None or id_ in only}


def _ask(
    record: Record,
    periods: Sequence[Period],
    chosen: Mapping[str, Measure],
    population: pl.DataFrame | None,
    by: tuple[str, ...],
    *,
    limits: Limits | None,
) -> _Asked:
    duties = frozenset(duty for each in chosen.values() for duty in each.duties)
    facts = Facts(record, periods, residents=population, duties=duties, limits=limits)
    not_given = availability.not_given(facts, chosen.values(), by)
    always = not_given.group_by("measure").len().filter(pl.col("len") == facts.periods.height)["measure"].to_list()
    given = tuple(each for id_, each in chosen.items() if id_ not in set(always))
    bands = dict.fromkeys(each.bands for each in chosen.values() if each.bands and each.bands not in by)
    return _Asked(facts, given, by, tuple(bands), not_given)


def _in_batches(
    record: Record,
    periods: Sequence[Period],
    by: tuple[str, ...],
    chosen: Mapping[str, Measure],
    population: pl.DataFrame | None,
    *,
    limits: Limits | None,
) -> pl.DataFrame:
    """Figures by authority, some authorities at a time; what no authority can be given is said once."""
    found = []
    for part in batches.parts(record):
        asked = _ask(part, periods, chosen, population, by, limits=limits)
        figures = [frame for group in asked.by_population() for frame in _figures(asked, group)]
        found.append(_all_figures(asked, chosen, figures))
    whole = pl.concat(found)
    once = whole.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    bands = dict.fromkeys(each.bands for each in chosen.values() if each.bands and each.bands not in by)
    return _in_order(whole.filter(once), chosen, [*by, *bands])


def _all_figures(asked: _Asked, chosen: Mapping[str, Measure], found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    columns = [*asked.by, *asked.bands]
    given = asked.drop_not_given(_same_columns(found, KEPT | dict.fromkeys(columns, pl.String()) | FIGURES))
    whole = _same_columns([given, asked.not_given], given.schema)
    return _in_order(whole, chosen, columns)


def _all_behind(asked: _Asked, chosen: Mapping[str, Measure], found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    columns = [*(each for each in asked.by if each != "authority"), *asked.bands]
    whole = asked.drop_not_given(_same_columns(found, KEPT | dict.fromkeys(columns, pl.String()) | BEHIND))
    return _in_order(whole, chosen, [*columns, "authority", "child_id", "on"])


def _answers(each: Measure) -> list[pl.Expr]:
    """The numerator, denominator and not-known of one subject, in columns named after the measure."""
    among = pl.lit(value=True) if each.among is None else each.among
    counts = pl.lit(value=True) if each.counts is None else each.counts
    is_unknown = among.is_null() | (among & counts.is_null())
    counted = among & counts.is_not_null() if each.unknown == "out of denominator" else among
    return [
        pl.when(among).then(counts.cast(pl.Float64)).alias(f"n {each.id}"),
        counted.fill_null(value=False).alias(f"d {each.id}"),
        is_unknown.fill_null(value=True).alias(f"k {each.id}"),
    ]


def _figures(asked: _Asked, group: list[Measure]) -> Iterable[pl.DataFrame]:
    """The figures of measures that share a population."""
    plain = [each for each in group if each.kind != "distribution"]
    if plain:
        yield from _totals(asked, plain)
    for each in group:
        if each.bands:
            yield _shares(asked, each)


def _totals(asked: _Asked, group: list[Measure]) -> Iterable[pl.DataFrame]:
    keys = [*KEYS, *asked.by]
    subjects = asked.subjects(group[0])
    asked_of = dict.fromkeys(name for each in group if each.statistic is not None for name in _roots(each.statistic))
    answered = subjects.select(*keys, *asked_of, *(expr for each in group for expr in _answers(each)))
    counted = answered.group_by(keys).agg(expr for each in group for expr in _sums(each))
    counted = _with_statistics(counted, answered, group, keys)
    whole = _grid(asked, subjects, asked.by).join(counted, on=keys, how="left", nulls_equal=True)
    for each in group:
        named = whole.select(pl.lit(each.id).alias("measure"), *keys, *_named(each))
        yield _with_value(_with_residents(named, each, asked), each)


def _roots(statistic: pl.Expr) -> list[str]:
    """The columns of the population that a statistic reads."""
    return statistic.meta.root_names()


def _sums(each: Measure) -> list[pl.Expr]:
    sums = [pl.col(f"{part} {each.id}").sum() for part in "ndk"]
    sums.append(pl.col(f"n {each.id}").count().alias(f"a {each.id}"))
    return sums


def _with_statistics(
    counted: pl.DataFrame, answered: pl.DataFrame, group: list[Measure], keys: list[str]
) -> pl.DataFrame:
    """The sums with the statistics of measures that have one of their own, over the subjects in their denominator."""
    for each in group:
        if each.statistic is not None:
            inside = answered.filter(pl.col(f"d {each.id}"))
            own = inside.group_by(keys).agg(each.statistic.alias(f"s {each.id}"))
            counted = counted.join(own, on=keys, how="left", nulls_equal=True)
    return counted


def _named(each: Measure) -> list[pl.Expr]:
    """The sums under the names of figures; a group without a subject counts nought, one without an answer nothing."""
    not_known = pl.col(f"k {each.id}").fill_null(0).cast(pl.Int64)
    is_answered = (pl.col(f"a {each.id}").fill_null(0) > 0) | (not_known == 0)
    named = [
        pl.when(is_answered).then(pl.col(f"n {each.id}").fill_null(0.0)).alias("numerator"),
        pl.col(f"d {each.id}").fill_null(0).cast(pl.Int64).alias("denominator"),
        not_known.alias("not_known"),
        pl.when(~is_answered).then(pl.lit(NOBODY_KNOWN)).alias("unavailable"),
    ]
    return [*named, pl.col(f"s {each.id}").alias("statistic")] if each.statistic is not None else named


def _grid(asked: _Asked, subjects: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Every period with every group there is, so that a group without events in a month shows nought."""
    periods = asked.facts.periods
    if not by:
        return periods
    groups = subjects.select(by).unique(maintain_order=True)
    if tuple(by) == ("authority",):
        groups = pl.DataFrame({"authority": asked.facts.record.authorities}, schema={"authority": pl.String})
    return periods.join(groups, how="cross")


def _shares(asked: _Asked, each: Measure) -> pl.DataFrame:
    """The number in each band of a measure's own, and its share of all in the group; no band known is a band."""
    band = str(each.bands)
    by = [column for column in asked.by if column != band]
    among = pl.lit(value=True) if each.among is None else each.among
    inside = asked.subjects(each, band).filter(among)
    counted = inside.group_by(*KEYS, *by, band).agg(pl.len().cast(pl.Float64).alias("numerator"))
    bands = list(dict.fromkeys((*each.all_bands, *inside[band].unique().sort())))
    grid = _grid(asked, inside, by).join(pl.DataFrame({band: bands}, schema={band: pl.String}), how="cross")
    whole = grid.join(counted, on=[*KEYS, *by, band], how="left").select(
        pl.lit(each.id).alias("measure"),
        *KEYS,
        *by,
        band,
        pl.col("numerator").fill_null(0.0),
    )
    unsaid = pl.when(pl.col(band) == breakdowns.NOT_KNOWN).then("numerator")
    sums = whole.with_columns(
        part.sum().over(*KEYS, *by).cast(pl.Int64).alias(name)
        for part, name in ((pl.col("numerator"), "denominator"), (unsaid, "not_known"))
    )
    return sums.with_columns(_share(100.0).alias("value"))


def _share(per: float) -> pl.Expr:
    """``per`` x numerator / denominator; null when there is nobody in the denominator."""
    return pl.when(pl.col("denominator") > 0).then(per * pl.col("numerator") / pl.col("denominator"))


def _with_residents(figures: pl.DataFrame, each: Measure, asked: _Asked) -> pl.DataFrame:
    return rates.with_residents(figures, asked.facts) if each.is_of_residents else figures


def _with_value(figures: pl.DataFrame, each: Measure) -> pl.DataFrame:
    if each.statistic is not None:
        return figures.with_columns(pl.col("statistic").cast(pl.Float64).alias("value")).drop("statistic")
    if each.kind == "count":
        none = pl.lit(None, dtype=pl.Int64)
        return figures.with_columns(pl.col("numerator").alias("value"), none.alias("denominator"))
    return figures.with_columns(_share({"percentage": 100.0, "rate": each.per}.get(each.kind, 1.0)).alias("value"))


def _behind(asked: _Asked, each: Measure, listed: Collection[date] | None = None) -> pl.DataFrame:
    """The subjects of one measure with their answers, on the days ``listed``."""
    own = (each.bands,) if each.bands and each.bands not in asked.by else ()
    subjects = asked.subjects(each, *own)
    if listed is not None:
        subjects = subjects.filter(pl.col("as_of").is_in(list(listed)))
    subjects = subjects.with_columns(_answers(each))
    n, d, k = (pl.col(f"{part} {each.id}") for part in "ndk")
    is_listed = (n.fill_null(0) != 0) | k if each.kind == "count" else d | k
    denominator = pl.lit(None, dtype=pl.Int64) if each.kind == "count" or each.is_of_residents else d.cast(pl.Int64)
    return subjects.filter(is_listed).select(
        pl.lit(each.id).alias("measure"),
        *KEYS,
        *dict.fromkeys((*asked.by, *own, "authority", "child_id", "on")),
        n.alias("numerator"),
        denominator.alias("denominator"),
        _in_words(each, subjects).alias("facts"),
    )


def _in_words(each: Measure, subjects: pl.DataFrame) -> pl.Expr:
    """The facts a child's answer rests on: "placements 3; started on 2025-04-01"."""
    said = [
        pl.when(pl.col(column).is_not_null()).then(
            pl.concat_str(pl.lit(column.replace("_", " ") + " "), pl.col(column).cast(pl.String))
        )
        for column in each.shows
        if column in subjects.columns
    ]
    return pl.concat_str(said, separator="; ", ignore_nulls=True) if said else pl.lit(None, dtype=pl.String)


def _same_columns(frames: Sequence[pl.DataFrame], kinds: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The frames as one, with exactly these columns; one that a frame lacks is null in its rows."""
    return pl.concat(
        [
            pl.DataFrame(schema=dict(kinds)),
            *(
                frame.select(
                    pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
                    for name, kind in kinds.items()
                )
                for frame in frames
            ),
        ]
    )


def _in_order(figures: pl.DataFrame, chosen: Mapping[str, Measure], columns: list[str]) -> pl.DataFrame:
    """In order of the catalogue, then of the groups (bands in their own order), then of the day."""
    places = {id_: at for at, id_ in enumerate(chosen)}
    order = pl.col("measure").replace_strict(places, return_dtype=pl.Int32)
    bands = {each.bands: each.all_bands for each in chosen.values() if each.bands}
    groups = [key for column in columns for key in _sorting(column, bands.get(column, ()))]
    return figures.sort(order, *groups, "as_of", nulls_last=False, maintain_order=True)


def _sorting(column: str, own: tuple[str, ...]) -> list[pl.Expr]:
    """By the order in which the groups are named, those without one by their letters."""
    named = own or breakdowns.IN_ORDER.get(column, ())
    if not named:
        return [pl.col(column)]
    place = pl.col(column).replace_strict(
        {group: at for at, group in enumerate(named)}, default=len(named), return_dtype=pl.Int32
    )
    return [pl.when(pl.col(column).is_not_null()).then(place), pl.col(column)]
