"""Filters that say dates, ages and answers; the words are in ``design.words``."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hearth.tables import codes
from hearth.web.config.today import today
from hearth.web.design import words

register = template.Library()
register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("yes_no", words.yes_no)
register.filter("answer", words.answer)
register.filter("days", words.days)
register.filter("lasted", words.lasted)


@register.filter
def number(value: int) -> str:
    """``{{ many|number }}``: 1,234."""
    return f"{value:,}"


@register.filter
def due(value: date | None) -> str:
    """``{{ owed.due_on|due }}``: due in 6 days (7 July)."""
    return words.due(value, today())


@register.filter
def age(born_on: date | None) -> str:
    """``{{ child.born_on|age }}``: 9 years."""
    return words.age(born_on, today())


@register.filter
def ago(value: date | datetime | None) -> str:
    """``{{ visit.visited_on|ago }}``: 5 days ago."""
    return words.ago(value.date() if isinstance(value, datetime) else value, today())


@register.filter
def label(code: str | None, list_name: str) -> str:
    """``{{ placement.kind|label:"placement_type" }}``: the words of a code."""
    return codes.label(list_name, code or None)


@register.filter
def tag_of(status: str) -> SafeString:
    """``{{ owed.status|tag_of }}``: a status in words on its colour."""
    said, colour = words.status(status)
    return coloured(said, colour)


@register.simple_tag(name="tag")
def coloured(said: str, colour: str = "grey") -> SafeString:
    """``{% tag "Seen, not alone" "orange" %}``: words on a colour."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, said)
