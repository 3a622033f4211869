"""A made-up scorecard: a few measures, thirteen months, figures chosen so that each says one thing."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.measures import comparators
from hearth.measures.measure import Measure
from hearth.measures.periods import series
from hearth.reports import scorecard
from hearth.tables.problems import Problems
from hearth.tables.record import Record

AS_OF = date(2026, 3, 31)
DAYS = [period.as_of for period in series(AS_OF, 13)]
STARTS = {period.as_of: period.period_start for period in series(AS_OF, 13)}


def nobody(facts):
    """No population: the figures are given."""
    return pl.DataFrame()


def a_measure(id_: str = "dental-check", **kwargs) -> Measure:
    """A percentage of health with a target of 100, unless told otherwise."""
    said = {
        "title": "Children seen by a dentist",
        "area": "health",
        "kind": "percentage",
        "population": nobody,
        "numerator": "children whose teeth were checked",
        "denominator": "children in care for a year",
        "meaning": "How many of our children had their teeth checked",
        "better": "higher",
        "target": 100,
        "unit": "percent",
        "source": "A book",
        "follows": "national",
        "reading": "Refused counts as no",
        "needs": ("dental_checks",),
    }
    return Measure(**{"id": id_, **said, **kwargs})


def months(measure: str, numerators: list[float | None], denominator: int | None, **kwargs) -> list[dict]:
    """Thirteen rows of figures; a single numerator stands for all months."""
    numerators = numerators * 13 if len(numerators) == 1 else numerators
    return [_figure(measure, day, n, denominator, **kwargs) for day, n in zip(DAYS, numerators, strict=True)]


def _figure(measure, day, numerator, denominator, *, value=None, not_known=0, unavailable=None, sdq_band=None):
    share = 100 * numerator / denominator if numerator is not None and denominator else numerator
    return {
        "measure": measure,
        "as_of": day,
        "period_start": STARTS[day],
        "sdq_band": sdq_band,
        "numerator": None if numerator is None else float(numerator),
        "denominator": denominator,
        "value": value if value is not None else share,
        "not_known": not_known,
        "unavailable": unavailable,
    }


def figures(*rows: list[dict]) -> pl.DataFrame:
    """The rows as a frame of figures."""
    kinds = {"numerator": pl.Float64, "denominator": pl.Int64, "value": pl.Float64, "not_known": pl.Int64}
    texts = {"unavailable": pl.String, "sdq_band": pl.String}
    every = [row for group in rows for row in group]
    return pl.DataFrame(every, schema_overrides={**kinds, **texts}, infer_schema_length=None)


def behind(measure: str, rows: list[tuple[str, float | None, str]]) -> pl.DataFrame:
    """The children of a measure on the day: number, numerator, facts."""
    frame = pl.DataFrame(rows, schema=["child_id", "numerator", "facts"], orient="row", infer_schema_length=None)
    return frame.with_columns(
        pl.lit(measure).alias("measure"),
        pl.lit(AS_OF).alias("as_of"),
        pl.lit(AS_OF).alias("on"),
        pl.lit("E10000020").alias("authority"),
        pl.col("numerator").cast(pl.Float64),
        pl.lit(1, pl.Int64).alias("denominator"),
    )


def compared(measure: str, **values: float) -> pl.DataFrame:
    """Published figures of 2025 for England, region or neighbours (of ten)."""
    rows = [
        {"measure": measure, "comparator": who, "name": who, "year_ended_on": date(2025, 3, 31), "value": float(value)}
        | {"n_neighbours": 10 if who == "neighbours" else None, "comparable": True, "note": "Rounded.", "file": "f.csv"}
        for who, value in values.items()
    ]
    frame = pl.DataFrame(rows, schema_overrides={"n_neighbours": pl.Int64}, infer_schema_length=None)
    lacking = [pl.lit(None, k).alias(name) for name, k in comparators.SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(lacking).select(list(comparators.SCHEMA))


def a_record(**kwargs) -> Record:
    """A record without tables, from an SSDA903 return."""
    return Record(**{"tables": {}, "kind": "ssda903", "carries": frozenset()} | kwargs)


def a_scorecard(
    measures: list[Measure], rows: pl.DataFrame, *, children=None, comparisons=None, public=False, problems=None
) -> scorecard.Scorecard:
    """The scorecard of those measures and figures for Norfolk."""
    found = problems or Problems()
    return scorecard.build(
        record=a_record(problems=found.table(), counts=found.counts()),
        figures=rows,
        children=children,
        comparisons=comparisons,
        measures={measure.id: measure for measure in measures},
        as_of=AS_OF,
        authority_name="Norfolk",
        public=public,
    )


def a_full_one(*, public: bool = False) -> scorecard.Scorecard:
    """One of everything: good, near, bad, neutral, too few, withheld, bands, not available, comparators, children."""
    measures = [
        a_measure(),
        a_measure("lac-rate", title="Rate <of> care", area="population", target=None, kind="rate", unit="per 10,000"),
        a_measure("sdq-score", title="Score", kind="average", unit="points", target=None, better="lower"),
        a_measure("offending", title="Offending", area="safety", target=None, better="lower"),
        a_measure("uptake", title="Uptake", target=None, better="neutral"),
        a_measure("visits", title="Visits", area="safety", better="higher"),
    ]
    bands = [months("sdq-score", [n], 60, sdq_band=name) for name, n in (("low", 40), ("high", 20))]
    rows = figures(
        months("dental-check", [78, 79, 80, None, *range(81, 90)], 100, not_known=12),
        months("lac-rate", [640.0], 170000, value=62.1),
        months("sdq-score", [870.0], 60, value=14.5),
        *bands,
        months("offending", [3.0], 120),
        months("uptake", [40.0], 80),
        months("visits", [None], None, unavailable="needs statutory visits, which an SSDA903 return does not carry"),
    )
    children = pl.concat(
        [
            behind("dental-check", [("0042", 0, "due on 2026-01-05"), ("<b>7</b>", 1, "x"), ("0043", None, "")]),
            behind("offending", [("=1+1", 1, "convicted")]),
        ]
    )
    beside = compared("lac-rate", England=67, region=49, neighbours=58)
    problems = Problems()
    problems.file("episodes.csv", "the file is <empty>", "Export it again.")
    problems.count("episodes.csv", 10, 8)
    return a_scorecard(measures, rows, children=children, comparisons=beside, public=public, problems=problems)
