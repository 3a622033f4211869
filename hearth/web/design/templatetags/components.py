"""The components that are more than a class on an element: rows, banners, panels, empty states, icons of nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hearth.web.design.navigation import Link

register = template.Library()


@register.simple_block_tag
def row(content: str, key: str, change: str = "", about: str = "") -> SafeString:
    """A row of ``<dl class="govuk-summary-list">``: ``{% row "Born" change=url %}3 March 2015{% endrow %}``."""
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if change else " govuk-summary-list__row--no-actions",
        key,
        content if content.strip() else "Not known",
        _change(change, about or key.lower()) if change else "",
    )


def _change(url: str, what: str) -> SafeString:
    return format_html(
        '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">Change'
        '<span class="govuk-visually-hidden"> {}</span></a></dd>',
        url,
        what,
    )


@register.simple_block_tag
def empty(content: str) -> SafeString:
    """What is said where there is nothing to show, and what to do about it."""
    return format_html('<div class="hearth-empty">{}</div>', content)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart from those around them."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """A warning that must be read."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>{}</strong></div>',
        content,
    )


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Words that open when asked for."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2) -> SafeString:
    """A panel with a heading."""
    heading = format_html("<h{0} class='govuk-heading-m hearth-card__title'>{1}</h{0}>", level, title) if title else ""
    return format_html('<section class="hearth-card">{}{}</section>', heading, content)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A wide table that scrolls by itself on a narrow screen and can be reached by keyboard."""
    return format_html('<div class="hearth-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.simple_block_tag
def event(content: str, title: str, when: str, by: str = "", level: int = 3) -> SafeString:
    """An item of ``<div class="moj-timeline">``."""
    return format_html(
        '<div class="moj-timeline__item"><div class="moj-timeline__header"><h{0} class="moj-timeline__title">{1}</h{0}>'
        '{2}</div><p class="moj-timeline__date">{3}</p><div class="moj-timeline__description">{4}</div></div>',
        level,
        title,
        format_html('<p class="moj-timeline__byline">by {}</p>', by) if by else "",
        when,
        content,
    )


@register.simple_block_tag
def task(content: str, title: str, url: str = "", hint: str = "") -> SafeString:
    """An item of ``<ul class="govuk-task-list">``; the content is its status, for example a tag."""
    name = format_html('<a class="govuk-link govuk-task-list__link" href="{}">{}</a>', url, title) if url else title
    more = format_html('<div class="govuk-task-list__hint">{}</div>', hint) if hint else ""
    return format_html(
        '<li class="govuk-task-list__item{}"><div class="govuk-task-list__name-and-hint">{}{}</div>'
        '<div class="govuk-task-list__status">{}</div></li>',
        " govuk-task-list__item--with-link" if url else "",
        name,
        more,
        content,
    )


@register.inclusion_tag("components/sub_navigation.html", takes_context=True)
def sub_navigation(context: Context, links: Iterable[Link], label: str = "In this section") -> dict[str, Any]:
    """Tabs that are pages: ``{% sub_navigation links "This child" %}`` with a list of ``navigation.Link``."""
    return {"links": list(links), "label": label, "path": context["request"].path}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], what: str = "results") -> dict[str, Any]:
    """Pages of a list, keeping its filters."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode(), "what": what, "numbers": _numbers(page)}


def _numbers(page: Page[Any]) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def attributes(attrs: dict[str, Any]) -> SafeString:
    """The attributes of a form control, without its class, which the template gives."""
    said = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in attrs.items()
        if value is not False and value is not None and name != "class"
    ]
    return mark_safe("".join(said))  # noqa: S308  # nosec - each part was escaped above


@register.filter
def is_wrong(attrs: dict[str, Any]) -> bool:
    """Whether a form control holds something that cannot be used."""
    return attrs.get("aria-invalid") == "true"
