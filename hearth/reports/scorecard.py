"""The scorecard: every measure of the board with its figure, its direction, its comparators and a judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from hearth.measures import comparators, disclosure, engine
from hearth.measures.disclosure import FIXED
from hearth.measures.measure import AREAS, Measure
from hearth.measures.periods import series as months
from hearth.reports.judgement import Direction, Point, Status, Tone, direction, status
from hearth.tables import codes
from hearth.tables.published import Published, nothing
from hearth.tables.record import KINDS, Record
from hearth.timescales.limits import Limits

MONTHS = 13
"""The day itself and the twelve months before it."""


@dataclass(frozen=True, eq=False)
class Line:
    """One measure: its figure on the day, the months before, its bands, what stands beside it, who is behind it."""

    measure: Measure
    now: Point
    series: tuple[Point, ...]
    bands: pl.DataFrame
    comparisons: pl.DataFrame
    moved: Direction
    status: Status
    children: pl.DataFrame | None


@dataclass(frozen=True, eq=False)
class Area:
    """One area of the board: the measures that can be given, and those that cannot, each with its reason."""

    id: str
    title: str
    lines: tuple[Line, ...]
    unavailable: tuple[tuple[Measure, str], ...]

    def tones(self) -> dict[Tone, int]:
        """How many measures have each tone."""
        return {tone: sum(line.status.tone is tone for line in self.lines) for tone in Tone}


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Everything that the page and the workbook print."""

    authority_name: str
    as_of: date
    source: str
    is_public: bool
    areas: tuple[Area, ...]
    figures: pl.DataFrame
    children: pl.DataFrame | None
    problems: pl.DataFrame
    counts: pl.DataFrame

    def moved_most(self, most: int = 6) -> list[Line]:
        """The measures with the clearest change, the clearest first."""
        lines = [line for area in self.areas for line in area.lines if line.moved.strength]
        return sorted(lines, key=lambda line: -line.moved.strength)[:most]

    @property
    def has_comparators(self) -> bool:
        """Is any published figure beside ours?"""
        return any(line.comparisons.height for area in self.areas for line in area.lines)


def compose(
    record: Record,
    as_of: date,
    *,
    public: bool = False,
    published: Published | None = None,
    limits: Limits | None = None,
) -> Scorecard:
    """Measures the record over 13 months and sets the scorecard out; ``public`` leaves the children out altogether."""
    from hearth.measures.catalogue import MEASURES

    known = published or nothing()
    residents = known.population if published else None
    figures, behind = _measured(record, as_of, public=public, residents=residents, limits=limits)
    return build(
        record=record,
        figures=figures,
        children=behind,
        comparisons=_compared(record, known, as_of),
        measures=MEASURES,
        as_of=as_of,
        authority_name=_name(record),
        public=public,
    )


def public_version(scorecard: Scorecard, record: Record) -> Scorecard:
    """The same figures for the public: small numbers withheld, no child behind any; from what is measured already."""
    from hearth.measures.catalogue import MEASURES

    beside = [line.comparisons for area in scorecard.areas for line in area.lines]
    return build(
        record=record,
        figures=scorecard.figures,
        children=None,
        comparisons=pl.concat(beside) if beside else None,
        measures=MEASURES,
        as_of=scorecard.as_of,
        authority_name=scorecard.authority_name,
        public=True,
    )


def _measured(
    record: Record, as_of: date, *, public: bool, residents: pl.DataFrame | None, limits: Limits | None
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The figures of 13 months, and the children behind those of the day."""
    periods = months(as_of, MONTHS)
    if public:
        return engine.measure(record, periods, population=residents, limits=limits), None
    return engine.measure_with_children(record, periods, [as_of], population=residents, limits=limits)


def _compared(record: Record, published: Published, as_of: date) -> pl.DataFrame | None:
    if len(record.authorities) != 1 or published.statistics.is_empty():
        return None
    return comparators.compare(published, record.authorities[0], as_of)


def _name(record: Record) -> str:
    if len(record.authorities) == 1:
        code = record.authorities[0]
        return codes.load("authority")[code].label if code in codes.load("authority") else f"Authority {code}"
    return f"{len(record.authorities)} authorities" if record.authorities else "No authority"


def build(
    *,
    record: Record,
    figures: pl.DataFrame,
    children: pl.DataFrame | None,
    comparisons: pl.DataFrame | None,
    measures: Mapping[str, Measure],
    as_of: date,
    authority_name: str,
    public: bool,
) -> Scorecard:
    """The scorecard of figures already measured (as ``engine.measure`` gives them for the months up to ``as_of``).

    With ``public`` the figures are protected unless they carry ``suppressed`` already, and ``children`` is dropped.
    """
    shown = _protected(figures, measures) if public else figures
    behind = None if public else children
    lines, missing = _lines(shown, behind, comparisons, measures, as_of)
    return Scorecard(
        authority_name=authority_name,
        as_of=as_of,
        source=KINDS.get(record.kind, record.kind),
        is_public=public,
        areas=tuple(_area(id_, title, lines, missing) for id_, title in AREAS.items()),
        figures=shown,
        children=behind,
        problems=record.problems,
        counts=record.counts,
    )


def _protected(figures: pl.DataFrame, measures: Mapping[str, Measure]) -> pl.DataFrame:
    if "suppressed" in figures.columns:
        return figures
    kinds = {id_: measure.kind for id_, measure in measures.items()}
    running = {id_ for id_, measure in measures.items() if measure.over == "period"}
    return disclosure.protect(figures, kinds=kinds, running=running)


def _area(id_: str, title: str, lines: list[Line], missing: list[tuple[Measure, str]]) -> Area:
    return Area(
        id=id_,
        title=title,
        lines=tuple(line for line in lines if line.measure.area == id_),
        unavailable=tuple((measure, why) for measure, why in missing if measure.area == id_),
    )


def _lines(
    figures: pl.DataFrame,
    children: pl.DataFrame | None,
    comparisons: pl.DataFrame | None,
    measures: Mapping[str, Measure],
    as_of: date,
) -> tuple[list[Line], list[tuple[Measure, str]]]:
    """The measures with a figure on the day, and those without one with the reason."""
    of = _by_measure(figures)
    behind = _by_measure(children.filter(pl.col("as_of") == as_of)) if children is not None else None
    beside = _by_measure(comparisons if comparisons is not None else pl.DataFrame(schema=comparators.SCHEMA))
    none = pl.DataFrame(schema=comparators.SCHEMA)
    lines, missing = [], []
    for id_, measure in measures.items():
        rows = of.get(id_)
        why = "it was not measured" if rows is None else _why_not(rows, as_of)
        if rows is None or why is not None:
            missing.append((measure, why or ""))
            continue
        listed = None if behind is None else behind.get(id_)
        lines.append(_line(measure, rows, beside.get(id_, none), listed, as_of))
    return lines, missing


def _by_measure(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(key[0]): part for key, part in frame.partition_by("measure", as_dict=True, maintain_order=True).items()}


def _why_not(rows: pl.DataFrame, as_of: date) -> str | None:
    """The reason when there is no figure on the day."""
    today = rows.filter(pl.col("as_of") == as_of)
    if today.is_empty():
        return f"it was not measured for {as_of.isoformat()}"
    reasons = today["unavailable"]
    return str(reasons[0]) if reasons.null_count() == 0 else None


def _line(
    measure: Measure, rows: pl.DataFrame, beside: pl.DataFrame, children: pl.DataFrame | None, as_of: date
) -> Line:
    bands = [name for name in rows.columns if name not in FIXED]
    is_band = pl.any_horizontal([pl.lit(False), *(pl.col(name).is_not_null() for name in bands)])
    points = tuple(_point(row) for row in rows.filter(~is_band).sort("as_of").iter_rows(named=True))
    now = next((point for point in points if point.as_of == as_of), None) or _total(rows, as_of)
    moved = direction(measure, points)
    band = pl.concat_str([pl.col(name) for name in bands], ignore_nulls=True) if bands else pl.lit("")
    return Line(
        measure=measure,
        now=now,
        series=points,
        bands=rows.filter(is_band & (pl.col("as_of") == as_of)).with_columns(band.alias("band")),
        comparisons=beside,
        moved=moved,
        status=status(measure, now, beside, moved),
        children=children,
    )


def _point(row: dict[str, object]) -> Point:
    def number(name: str) -> float | None:
        return None if row[name] is None else float(str(row[name]))

    not_known = number("not_known")
    return Point(
        as_of=row["as_of"],  # type: ignore[arg-type]  # the engine gives dates
        period_start=row["period_start"],  # type: ignore[arg-type]  # the engine gives dates
        numerator=number("numerator"),
        denominator=number("denominator"),
        value=number("value"),
        not_known=None if not_known is None else int(not_known),
        unavailable=None if row["unavailable"] is None else str(row["unavailable"]),
        is_suppressed=bool(row.get("suppressed")),
    )


def _total(rows: pl.DataFrame, as_of: date) -> Point:
    """A distribution has bands only: its figure is how many are spread over them."""
    today = rows.filter(pl.col("as_of") == as_of)
    first = _point(today.row(0, named=True))
    shown = today.filter(pl.col("denominator").is_not_null())["denominator"]
    total = float(shown[0]) if shown.len() else None
    return Point(as_of, first.period_start, total, None, total, first.not_known, None, is_suppressed=total is None)


def write_html(scorecard: Scorecard, path: Path) -> None:
    """Writes the scorecard as one accessible page that needs no network and no script."""
    from hearth.reports.page import render

    path.write_text(render(scorecard), encoding="utf-8")


def write_xlsx(scorecard: Scorecard, path: Path) -> None:
    """Writes the scorecard as a workbook."""
    from hearth.reports.workbook import write

    write(scorecard, path)
