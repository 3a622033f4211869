"""Numbers, days and shares as people read them: rounded on the page, never in the data."""

from __future__ import annotations

from datetime import date

DECIMALS = {"percent": 1, "points": 1, "correlation": 2, "days": 0, "weeks": 1, "months": 1}
"""Decimals shown by unit; whole units show none, everything else one."""
WHOLE = frozenset({"children", "young people", "episodes", "interviews", "moves", "reviews", "visits"})


def day(on: date) -> str:
    """ "31 March 2026"."""
    return f"{on.day} {on:%B %Y}"


def month(on: date) -> str:
    """ "March 2026"."""
    return f"{on:%B %Y}"


def number(value: float | None, unit: str) -> str:
    """The number with its unit: "93.4%", "1,064", "12 weeks"; "not known" for none.

    A percentage that rounds to 0 or 100 without being it is shown as "under 0.1%" or "99.9%".
    """
    if value is None:
        return "not known"
    if unit == "percent":
        return _percent(value)
    text = f"{value:,.{_decimals(value, unit)}f}"
    return f"{text} {unit}" if unit in {"days", "weeks", "months", "years"} else text


def _decimals(value: float, unit: str) -> int:
    return DECIMALS.get(unit, 0 if unit in WHOLE or value == round(value) else 1)


def _percent(value: float) -> str:
    if 99.95 <= value < 100:
        return "99.9%"
    if 0 < value < 0.05:
        return "under 0.1%"
    return f"{value:.0f}%" if value in {0, 100} else f"{value:.1f}%"


def whole(value: float | None) -> str:
    """A count: "1,064"; "not known" for none."""
    return "not known" if value is None else f"{value:,.0f}"


def published(value: float | None, unit: str) -> str:
    """A published number, which is rounded already: "62", "54%", "14.9"."""
    if value is None:
        return "not printed"
    text = f"{value:,.0f}" if value == round(value) or unit == "days" else f"{value:,.1f}"
    return text + {"percent": "%", "days": " days"}.get(unit, "")


def times(count: int, one: str, many: str | None = None) -> str:
    """ "1 child", "12 children"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
