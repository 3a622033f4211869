"""One measure on the page: its figure, what may be said of it, its months, its comparators, its rule, its children."""

from __future__ import annotations

import polars as pl

from hearth.reports import behind, sparkline
from hearth.reports.judgement import Point, Tone, verdict
from hearth.reports.markup import definitions, details, table, tag, text
from hearth.reports.scorecard import Line
from hearth.reports.wording import day, number, published, sentence, whole
from hearth.tables.published import MARKS

BESIDE = ("England", "region", "neighbours")
WITHHELD = "withheld"


def render(line: Line) -> str:
    """The measure as an article."""
    measure = line.measure
    parts = [
        f'<h3 id="{measure.id}-h">{text(measure.title)}</h3>',
        f'<div class="figure">{_value(line)}{_line(line)}</div>',
        f"<p>{tag(line.status.words, line.status.tone)}{text(line.status.because)}</p>",
        _moved(line),
        f"<p>{text(sentence(measure.meaning))}</p>",
        _bands(line),
        _beside(line),
        _months(line),
        _neighbours(line),
        details("What is counted, and by which rule", _definition(line)),
        behind.section(measure, line.children),
    ]
    tone = "" if line.status.tone is Tone.SILENT else f" card-{line.status.tone}"
    return f'<article class="card{tone}" id="{measure.id}" aria-labelledby="{measure.id}-h">{"".join(parts)}</article>'


def _value(line: Line) -> str:
    shown = figure(line)
    small = basis(line)
    words = "" if shown[0].isdigit() or shown[0] == "-" else " value-words"
    return f'<p class="value{words}">{text(shown)}{f"<small>{text(small)}</small>" if small else ""}</p>'


def figure(line: Line) -> str:
    """The figure in words, with its unit."""
    now, measure = line.now, line.measure
    if now.is_suppressed:
        return "Withheld"
    if now.value is None:
        return "Nobody to count"
    return whole(now.value) if measure.kind == "distribution" else number(now.value, measure.unit)


def basis(line: Line) -> str:
    """What the figure is made of: "512 of 548", or the unit of a count."""
    now, measure = line.now, line.measure
    if now.value is None:
        return ""
    if measure.kind == "percentage":
        return f"{whole(now.numerator)} of {whole(now.denominator)}"
    if measure.kind == "average" and now.denominator is not None:
        return f"average of {whole(now.denominator)}"
    if measure.kind == "rate" and now.denominator is not None:
        return f"{measure.unit}: {whole(now.numerator)} among {whole(now.denominator)}"
    return "children, in bands" if measure.kind == "distribution" else measure.unit


def _line(line: Line) -> str:
    series = [(point.as_of, point.value) for point in line.series]
    unit, target = line.measure.unit, line.measure.target
    return sparkline.draw(series, name=f"{line.measure.id}-l", title=line.measure.title, unit=unit, target=target)


def _moved(line: Line) -> str:
    if sentence(line.moved.words) == line.status.because or len(line.series) < 2:
        return ""
    said = verdict(line.moved)
    words = f"{said}: {line.moved.words[0].lower()}{line.moved.words[1:]}" if said else line.moved.words
    return f'<p class="soft">{text(sentence(words))}</p>'


def _bands(line: Line) -> str:
    rows = banded(line)
    return table(f"{line.measure.title}, by band", ["Band", "Number", "Share"], rows, numbers=(1, 2)) if rows else ""


def banded(line: Line) -> list[tuple[str, str, str]]:
    """The bands of a distribution in their order: words, number, share."""
    order = {band: place for place, band in enumerate(line.measure.all_bands)}
    bands = sorted(line.bands.iter_rows(named=True), key=lambda row: order.get(row["band"], len(order)))
    return [(str(row["band"]), _shown(row["numerator"], row), _share(row)) for row in bands]


def _shown(value: float | None, row: dict[str, object]) -> str:
    return WITHHELD if row.get("suppressed") else whole(value)


def _share(row: dict[str, object]) -> str:
    value = row["value"]
    return WITHHELD if row.get("suppressed") else number(None if value is None else float(str(value)), "percent")


def _beside(line: Line) -> str:
    rows = compared(line)
    if not rows:
        return ""
    said = f'<p class="soft">{text(comparison_note(line))}</p>'
    made = table("Published figures beside ours", ["Whose", "Year to March", "Figure"], rows, numbers=(2,))
    return f'<div class="beside">{made}{said}</div>'


def compared(line: Line) -> list[tuple[str, str, str]]:
    """England, region, the neighbours' median, and the authority's own last published figure: whose, year, figure."""
    found = line.comparisons.filter(pl.col("comparator").is_in(BESIDE))
    own = line.comparisons.filter((pl.col("comparator") == "own past") & pl.col("value").is_not_null()).tail(1)
    return [_compared(row, line) for row in pl.concat([found, own]).iter_rows(named=True)]


def comparison_note(line: Line) -> str:
    """What must be known of the published figures beside ours; empty where there are none."""
    if line.comparisons.is_empty():
        return ""
    note = "" if bool(line.comparisons["comparable"].all()) else "Not like for like. "
    return note + str(line.comparisons["note"][0])


def _compared(row: dict[str, object], line: Line) -> tuple[str, str, str]:
    name = str(row["name"])
    if row["comparator"] == "own past":
        name = f"{name}, as published"
    if row["comparator"] == "neighbours":
        name = f"Statistical neighbours, median of {row['n_neighbours']} of 10"
    return name, _year(row), _printed(row, line)


def _year(row: dict[str, object]) -> str:
    return str(row["year_ended_on"])[:4]


def _printed(row: dict[str, object], line: Line) -> str:
    value, mark = row["value"], row["mark"]
    if value is not None:
        return published(float(str(value)), line.measure.unit)
    return MARKS.get(str(mark), "not printed") if mark else "not printed"


def _months(line: Line) -> str:
    if len(line.series) < 2:
        return ""
    rows = [month(point, line) for point in reversed(line.series)]
    caption = f"{line.measure.title}, month by month"
    told = sparkline.describe([(p.as_of, p.value) for p in line.series], line.measure.unit)
    made = table(caption, ["On", "Figure", "Made of", "Not known"], rows, numbers=(1, 2, 3))
    return details("The 13 months in numbers", f"<p>{text(told)}</p>{made}", kind="screen")


def month(point: Point, line: Line) -> tuple[str, str, str, str]:
    """One month of a measure: the day, the figure in words, what it is made of, how many are not known."""
    if point.is_suppressed:
        return day(point.as_of), WITHHELD, "", ""
    if point.unavailable:
        return day(point.as_of), "not available", "", ""
    made = "" if point.denominator is None else f"{number(point.numerator, '')} of {whole(point.denominator)}"
    not_known = WITHHELD if point.not_known is None else whole(point.not_known)
    return day(point.as_of), number(point.value, line.measure.unit), made, not_known


def _neighbours(line: Line) -> str:
    near = line.comparisons.filter(pl.col("comparator") == "neighbour")
    past = line.comparisons.filter(pl.col("comparator") == "own past")
    inside = ""
    if near.height:
        rows = [(str(r["name"]), _year(r), _printed(r, line)) for r in near.iter_rows(named=True)]
        inside += table(
            "The ten statistical neighbours, nearest first",
            ["Authority", "Year to March", "Figure"],
            rows,
            numbers=(2,),
        )
    if past.height:
        years = [(_year(r), _printed(r, line)) for r in past.iter_rows(named=True)]
        inside += table("Our own published past", ["Year to March", "Figure"], years, numbers=(1,))
    if inside:
        first = line.comparisons.row(0, named=True)
        inside += f'<p class="soft">Published as “{text(first["published_as"])}” in {text(first["file"])}.</p>'
    return details("Neighbours by name, and our published past", inside, kind="screen")


def _definition(line: Line) -> str:
    measure, now = line.measure, line.now
    period = f"{day(now.period_start)} to {day(now.as_of)}" if now.period_start else day(now.as_of)
    told = [
        ("Counted", sentence(measure.numerator)),
        ("Out of", "" if measure.denominator in {"", "n/a"} else sentence(measure.denominator)),
        ("Period", period if measure.over == "period" else day(now.as_of)),
        ("Not known", _not_known(line)),
        ("Target", "" if measure.target is None else number(measure.target, measure.unit)),
        ("Follows", "the national definition" if measure.follows == "national" else "a local definition"),
        ("Source", sentence(measure.source)),
        ("Reading", sentence(measure.reading)),
    ]
    return definitions(told)


def _not_known(line: Line) -> str:
    if line.now.not_known is None:
        return "Withheld."
    where = (
        "they stay in the denominator"
        if line.measure.unknown == "in denominator"
        else "they are left out of the denominator"
    )
    return (
        f"{whole(line.now.not_known)}; {where}."
        if line.measure.kind == "percentage"
        else f"{whole(line.now.not_known)}."
    )
