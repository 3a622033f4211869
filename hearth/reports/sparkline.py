"""A small line over the months, drawn as SVG with a title and a sentence for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from hearth.reports.wording import day, month, number

WIDTH, HEIGHT, EDGE = 240.0, 56.0, 6.0

Series = Sequence[tuple[date, float | None]]


def draw(series: Series, *, name: str, title: str, unit: str, target: float | None = None) -> str:
    """The line as an SVG element; empty when fewer than two days have a value.

    Days without a value leave a gap. ``name`` makes the ids of title and description unique on the page; the target is
    a dashed line when it lies near the values.
    """
    if sum(value is not None for _, value in series) < 2:
        return ""
    low, high = _range(series)
    at = [(_x(i, len(series)), None if v is None else _y(v, low, high)) for i, (_, v) in enumerate(series)]
    parts = [_target(target, low, high), _bridges(at), *(_stretch(points) for points in _stretches(at)), _end(at)]
    return (
        f'<svg class="line" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)} by month</title>'
        f'<desc id="{name}-d">{escape(describe(series, unit))}</desc>{"".join(parts)}</svg>'
    )


def describe(series: Series, unit: str) -> str:
    """One sentence: where the line starts and ends, its lowest and highest month."""
    known = [(on, value) for on, value in series if value is not None]
    if not known:
        return "No month has a figure."
    (first_on, first), (last_on, last) = known[0], known[-1]
    low, high = min(known, key=lambda each: each[1]), max(known, key=lambda each: each[1])
    return (
        f"From {number(first, unit)} on {day(first_on)} to {number(last, unit)} on {day(last_on)}; "
        f"lowest {number(low[1], unit)} in {month(low[0])}, highest {number(high[1], unit)} in {month(high[0])}."
    )


def _range(series: Series) -> tuple[float, float]:
    values = [value for _, value in series if value is not None]
    low, high = min(values), max(values)
    least = 0.04 * max(abs(high), 1.0)
    if high - low < least:
        low, high = (low + high - least) / 2, (low + high + least) / 2
    return low, high


def _x(index: int, count: int) -> float:
    return EDGE + index * (WIDTH - 2 * EDGE) / max(count - 1, 1)


def _y(value: float, low: float, high: float) -> float:
    return HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE)


def _stretches(at: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The runs of days with a value, between the gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in at:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _bridges(at: Sequence[tuple[float, float | None]]) -> str:
    """A faint line under the whole, which shows across the gaps."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at if y is not None)
    return f'<polyline class="gap" points="{path}"/>' if any(y is None for _, y in at) else ""


def _stretch(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        return f'<circle class="dot" cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}"/>'


def _end(at: Sequence[tuple[float, float | None]]) -> str:
    x, y = next((x, y) for x, y in reversed(at) if y is not None)
    return f'<circle class="end" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _target(target: float | None, low: float, high: float) -> str:
    if target is None or not low <= target <= high:
        return ""
    y = _y(target, low, high)
    return f'<line class="aim" x1="0" x2="{WIDTH:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>'
