"""The lines of a worklist: ``<ul class="hearth-worklist">{% worklist lines %}</ul>`` on any page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString

from hearth.web.children.reading.rows import capital
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.design.addresses import addresses
from hearth.web.design.patterns import filled
from hearth.web.work.lines import Line

register = template.Library()


@register.simple_tag
def worklist(lines: Iterable[Line], by: str = "") -> SafeString:
    """A line for each thing owed, its child named unless the list is ``by="child"``."""
    day, to = today(), addresses()
    made = [_line(line, day, to, is_named=by != "child") for line in lines]
    return SafeString("".join(made))  # nosec B703 - lines are safe


def _line(line: Line, day: date, to: Callable[[str, int], str], *, is_named: bool) -> SafeString:
    child, page = line.child, line.record_page
    said = (
        ("name", child.name),
        ("child_url", to("child", child.pk) if is_named else ""),
        ("age", words.age(child.born_on, day) if is_named else ""),
        ("title", line.title),
        ("why", line.why),
        ("whose", capital(line.owed.words.responsible_role)),
        ("when", line.when.removeprefix("due ")),  # the tag before it says so
        ("record_url", to(page, child.pk) + line.record_query if page else ""),
    )
    shape = (("status", line.status), ("is_named", is_named), ("is_recorded", page is not None))
    return filled("work/_line.html", said, shape)
