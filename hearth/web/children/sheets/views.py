"""The one flow of "record this for the child": open the form, answer its buttons, one action, back with a banner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.access.signed_in import person
from hearth.web.children.conflict import Conflict
from hearth.web.children.models import Child, Draft
from hearth.web.children.queries import CHILD_PAGE, may
from hearth.web.children.sheets import drafts, following, merging, rows
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.making import make
from hearth.web.children.sheets.page import Page
from hearth.web.children.sheets.typed import of as typed_of
from hearth.web.children.sheets.typed import whole
from hearth.web.design.words import day

HANDLED = "what_was_typed_is_safe"
"""Set on a request whose typing has been dealt with: see ``keeping``."""

TO_BE_ALLOCATED = "The service manager has the child on My service, under No team, and allocates a worker"
"""Said to whoever adds a child whom they cannot open before somebody is allocated."""


def sheet(request: HttpRequest, kind: Kind, row_pk: int | None = None, **key: int) -> HttpResponse:
    """A form about a child (or whom else the kind is about), and what its buttons do."""
    subject = None if kind.is_new else kind.about.find(request, key.get(kind.about.key))
    page = Page(request, person(request), kind, subject, rows.row_of(kind, subject, row_pk))
    answer = _answer(page) if request.method == "POST" else _open(page)
    setattr(request, HANDLED, True)
    return answer


def _open(page: Page) -> HttpResponse:
    row = None if page.row or page.kind.is_new else rows.asked_for(page.kind, page.subject, page.request.GET)
    if row is not None:
        return redirect(page.kind.page, *page.key, row.pk)
    key = page.request.GET.get("draft", "")
    if key:
        page.draft = page.draft_of(key)
        if page.draft is None:
            messages.info(page.request, "That draft is no longer there: it was recorded or thrown away.")
    return page.show(is_checked=False)


def _answer(page: Page) -> HttpResponse:
    if not page.is_mine:
        page.keep()
        messages.info(page.request, "This page was opened by somebody else: what was typed is kept for them.")
        return redirect(page.request.path)
    do, _, about = page.request.POST.get("_do", "record").partition(":")
    return BUTTONS.get(do, _record)(page, about)


def _record(page: Page, _: str) -> HttpResponse:
    if not page.is_valid():
        page.keep_typed()
        for child in page.sheet.told_of:
            audit.refused(page.user, "add a child who is on the record", child, page=page.kind.page)
        return page.show(is_checked=True)
    try:
        made = make(page)
    except Conflict as conflict:
        page.keep()
        return _choose(page, conflict)
    if made is None:
        page.keep()
        return page.show(is_checked=True)
    return _done(page, made.subject)


def _done(page: Page, subject: Any) -> HttpResponse:
    names = " and ".join(str(name) for name in [subject, *page.chosen])
    said = page.kind.corrected if page.is_correction and page.kind.asks_why else page.kind.done
    if isinstance(subject, Child) and not may(page.user, CHILD_PAGE, subject):
        messages.success(page.request, f"{said}: {names}. {TO_BE_ALLOCATED}")
        return redirect("home")
    after = following.sentence(subject, page.kind.page) if subject is not None else ""
    messages.success(page.request, f"{said} for {names}. {after}".strip())
    return redirect(page.back_of(subject))


def _choose(page: Page, conflict: Conflict) -> HttpResponse:
    """The page on which two versions are put together."""
    changed = conflict.current.history.order_by("-history_id").first()
    choices = merging.choices(conflict, page.sheet)
    context = {
        "page": page,
        "kind": page.kind,
        "child": page.child,
        "subject": page.subject,
        "clashes": [choice for choice in choices if choice.is_clash],
        "settled": [choice for choice in choices if not choice.is_clash],
        "by": changed.history_user if changed else None,
        "at": changed.history_date if changed else None,
        "hidden": list(merging.hidden(merging.carried(conflict, page.sheet, page.data or QueryDict()))),
        "base": conflict.seen_revision,
        "problems": page.problems,
    }
    return render(page.request, "sheets/choose.html", context, status=409)


def _merge(page: Page, _: str) -> HttpResponse:
    if page.row is None:
        raise Http404
    sent = page.request.POST
    missing, base = merging.unchosen(sent, sent.getlist("_asked")), whole(sent.get("_base", "0"))
    if missing and base is not None and page.sheet.is_valid():
        page.problems = ["Choose one of the two for each question below"]
        return _choose(page, Conflict(page.row, base, page.sheet.facts()))
    page.data = merging.resolved(sent, page.sheet, page.row)
    if missing:
        page.data[merging.REVISION] = str(base or 0)
    page.sheet = page.sheet_with(page.data)
    return _record(page, "")


def _keep(page: Page, _: str) -> HttpResponse:
    return _kept(page, page.keep())


def _keep_from_here(page: Page, _: str) -> HttpResponse:
    """Keeps what the person's browser had kept, unless the draft says it already."""
    if drafts.says(page.seal, typed_of(page.request.POST)):
        return JsonResponse({})
    return _kept(page, page.keep())


def _kept(page: Page, draft: Draft) -> HttpResponse:
    if page.request.headers.get("Accept") == "application/json":
        at = f"{timezone.localtime(draft.saved_at):%H:%M}"
        seal = page.seal.with_key(draft.key).written()
        address = f"{page.request.path}?draft={draft.key}"
        return JsonResponse({"saves": draft.saves, "sheet": seal, "said": f"Draft saved at {at}", "address": address})
    until = day(drafts.kept_until(draft))
    messages.success(page.request, f"Draft kept until {until}. It is not part of the record until you finish it.")
    return redirect(page.back_of(page.subject))


def _discard(page: Page, key: str) -> HttpResponse:
    draft = page.draft_of(key)
    if draft is not None:
        drafts.discard(draft)
        messages.info(page.request, "The draft was thrown away.")
    return redirect(page.request.path)


def _again(page: Page, _: str) -> HttpResponse:
    """The same page, with the brothers and sisters now chosen."""
    return page.show(is_checked=False)


def _more(page: Page, name: str) -> HttpResponse:
    """The same page with one more line in a list."""
    page.data = page.request.POST.copy()
    page.data[f"_more_{name}"] = str(len(page.sheet.rows.get(name, ())) + 1)
    page.sheet = page.sheet_with(page.data)
    return page.show(is_checked=False)


def _withdraw(page: Page, _: str) -> HttpResponse:
    if page.row is None or page.kind.is_of_child:
        raise Http404
    try:
        page.kind.withdraw(page.row, by=page.user, why=page.request.POST.get("_why", ""), seen_revision=page.revision)
    except ValidationError as refused:
        page.problems = list(refused.messages)
    except Conflict:
        page.problems = [
            "Somebody has changed this record since you opened it: look at it again before you withdraw it"
        ]
    if page.problems:
        page.sheet.leave_unchecked()
        return page.show(is_checked=True)
    drafts.finish(page.seal)
    messages.success(page.request, "Withdrawn. It is kept, with your reason, and no longer counts.")
    return redirect(page.back_of(page.subject))


BUTTONS: Mapping[str, Callable[[Page, str], HttpResponse]] = {
    "record": _record,
    "draft": _keep,
    "here": _keep_from_here,
    "discard": _discard,
    "siblings": _again,
    "more": _more,
    "merge": _merge,
    "withdraw": _withdraw,
}
