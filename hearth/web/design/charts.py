"""Charts drawn on the server: each stands beside the table that says the same, and says itself in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, TOP, FOOT = 860, 190, 22, 26
GAP = 5


@dataclass(frozen=True)
class Bar:
    """One bar: what stands under it ("" for most), how high it is, whether it is above what is possible."""

    label: str
    value: int
    is_over: bool


def bars(
    name: str, title: str, says: str, drawn: Sequence[Bar], *, line: int | None = None, line_words: str = ""
) -> SafeString:
    """Bars with a dashed line of what is possible; those above it are told by colour and by their number.

    ``name`` makes the ids unique on the page; ``says`` is the sentence for whoever does not see it.
    """
    highest = max([bar.value for bar in drawn] + [line or 0, 1])
    room = (HEIGHT - TOP - FOOT) / highest
    step = WIDTH / max(len(drawn), 1)
    made = format_html_join("", "{}", ((_bar(bar, at * step, step, room),) for at, bar in enumerate(drawn)))
    return format_html(
        '<svg class="hearth-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}</svg>',
        *(WIDTH, HEIGHT, name, name, name, title, name, says, made, _line(line, line_words, room)),
    )


def _bar(bar: Bar, x: float, step: float, room: float) -> SafeString:
    high = bar.value * room
    y = HEIGHT - FOOT - high
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>{}{}',
        "hearth-chart__over" if bar.is_over else "hearth-chart__bar",
        *map(_at, (x + GAP / 2, y, step - GAP, high)),
        _text(x + step / 2, y - 5, f"{bar.value:,}", "middle") if bar.is_over else "",
        _text(x + GAP / 2, HEIGHT - 8, bar.label, "start") if bar.label else "",
    )


def _line(value: int | None, said: str, room: float) -> SafeString | str:
    if value is None:
        return ""
    y = HEIGHT - FOOT - value * room
    drawn = format_html('<line class="hearth-chart__line" x1="0" x2="{}" y1="{}" y2="{}"/>', WIDTH, _at(y), _at(y))
    return format_html("{}{}", drawn, _text(WIDTH, y - 5, said, "end"))


def _at(place: float) -> str:
    return f"{place:.1f}"


def _text(x: float, y: float, said: str, anchor: str) -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', _at(x), _at(y), anchor, said)
