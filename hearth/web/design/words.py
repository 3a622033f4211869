"""How dates, days left, ages, answers and statuses are said: the one place for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

NOT_KNOWN: Final = "Not known"
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKS_UNTIL = 12
"""Babies' ages are said in weeks up to this many weeks, then in months up to two years."""

STATUSES: Final[dict[str, tuple[str, str]]] = {
    "overdue": ("Overdue", "red"),
    "due": ("Due", "blue"),
    "met": ("Done in time", "green"),
    "late": ("Done late", "orange"),
    "missed": ("Missed", "red"),
    "overtaken": ("Not done, the next one was owed", "red"),
    "lapsed": ("No longer owed", "grey"),
    "not_known": ("Not known", "grey"),
    "restricted": ("Restricted record", "purple"),
    "withdrawn": ("Withdrawn", "grey"),
    "confidential": ("Confidential", "orange"),
    "draft": ("Draft", "grey"),
    "current": ("Current", "green"),
    "ended": ("Ended", "grey"),
}


def day(value: date | datetime | None) -> str:
    """3 March 2026; "Not known" for none."""
    if value is None:
        return NOT_KNOWN
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def moment(value: datetime | None) -> str:
    """3 March 2026 at 14:05, in England; "Not known" for none."""
    return f"{day(value)} at {timezone.localtime(value):%H:%M}" if value else NOT_KNOWN


def _near(value: date, today: date) -> str:
    """The day, without its year in the year of today."""
    words = day(value)
    return words if value.year != today.year else words.rsplit(" ", 1)[0]


def due(value: date | None, today: date) -> str:
    """How long there is: "due in 6 days (7 July)", "due today", "3 days late (4 July)"."""
    if value is None:
        return "no date known"
    left = (value - today).days
    if left == 0:
        return "due today"
    if left == 1:
        return f"due tomorrow ({_near(value, today)})"
    if left > 0:
        return f"due in {left} days ({_near(value, today)})"
    return f"{lasted(-left)} late ({_near(value, today)})"


def lasted(number: int) -> str:
    """How long a number of days is: in days up to eight weeks, then in months, then in years."""
    if number <= 7 * 8:
        return days(number)
    return _plural(number // 30, "month") if number < 2 * 365 else _plural(number // 365, "year")


def days(number: int) -> str:
    """1 day, 2 days."""
    return "1 day" if number == 1 else f"{number:,} days"


def age_in_years(born_on: date, today: date) -> int:
    """Whole years; a birthday on 29 February falls on 1 March in other years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def age(born_on: date | None, today: date) -> str:
    """9 years; 14 months under two years; 6 weeks or 5 days for a baby; "unborn" before birth."""
    if born_on is None:
        return "age not known"
    lived = (today - born_on).days
    if lived < 0:
        return "unborn"
    if lived < 14:
        return days(lived)
    if lived < 7 * WEEKS_UNTIL:
        return _plural(lived // 7, "week")
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    return _plural(months, "month") if months < 24 else _plural(age_in_years(born_on, today), "year")


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def ago(value: date | None, today: date) -> str:
    """today, yesterday, 5 days ago, 3 weeks ago, else the day itself."""
    if value is None:
        return NOT_KNOWN
    past = (today - value).days
    if past < 0 or past > 7 * 8:
        return day(value)
    if past < 2:
        return ("today", "yesterday")[past]
    return f"{past} days ago" if past < 14 else f"{past // 7} weeks ago"


def yes_no(value: bool | None) -> str:
    """Yes, No, Not known."""
    return NOT_KNOWN if value is None else "Yes" if value else "No"


def answer(value: object) -> str:
    """A value as it is read: days, yes and no in words, nothing as "Not known"."""
    if value is None or value == "":
        return NOT_KNOWN
    if isinstance(value, bool):
        return yes_no(value)
    return day(value) if isinstance(value, date) else str(value)


def status(code: str) -> tuple[str, str]:
    """The words and the colour of a status. Raises KeyError for one that has none."""
    return STATUSES[code]


def monday(value: date) -> date:
    """The Monday of the week, by which lists are grouped."""
    return value - timedelta(days=value.weekday())
