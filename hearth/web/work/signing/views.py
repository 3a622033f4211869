"""The pages of sign-offs: what waits, and the answer to one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from hearth.web.access import audit
from hearth.web.access.signed_in import person
from hearth.web.children.queries import child_for
from hearth.web.children.reading.rows import facts_of
from hearth.web.design.forms import Form
from hearth.web.work.models import SignOff
from hearth.web.work.signing.actions import answer
from hearth.web.work.signing.waiting import NEEDED, TABLES, answered, awaited, said, told
from hearth.web.work.team.asking import asked

PAGE = "sign_offs"
ON_A_PAGE = 50


class Answer(Form):
    """Agreed, or sent back with what must be better; the version that was read goes with it."""

    given = forms.ChoiceField(
        label="Your answer",
        choices=((SignOff.AGREED, "Agree"), (SignOff.SENT_BACK, "Send back")),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="What must be better, or what you want to add",
        help_text="Needed when you send it back. The worker reads it on My work",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


def sign_offs(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the manager's agreement, the longest first."""
    here = asked(request, PAGE)
    page = Paginator(awaited(here.children), ON_A_PAGE).get_page(request.GET.get("page"))
    found = told(list(page))
    audit.record_list(person(request), audit.READ, [one.child for one in found], page=PAGE)
    return render(request, "work/sign_offs.html", {"waiting": found, "page": page, "whose": here.whose})


def sign_off(request: HttpRequest, child_pk: int, table: str, row_pk: int) -> HttpResponse:
    """One plan or assessment, and the manager's answer to it."""
    child = child_for(request, child_pk)
    model = TABLES.get(table.replace("-", "_"))
    if model is None:
        raise Http404
    row = get_object_or_404(model.objects.filter(NEEDED[model], child=child).select_related("recorded_by"), pk=row_pk)
    form = Answer(request.POST or None, initial={"seen_revision": row.revision})
    if form.is_valid():
        try:
            answer(row=row, by=person(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            done = "agreed" if form.cleaned_data["given"] == SignOff.AGREED else "sent back"
            messages.success(request, f"{said(row)} of {child.name}: {done}.")
            return redirect(PAGE)
    given = answered(row).select_related("recorded_by").first()
    is_own = row.recorded_by == person(request)
    shown = {"child": child, "row": row, "what": said(row), "facts": facts_of(row), "given": given, "is_own": is_own}
    return render(request, "work/sign_off.html", {**shown, "form": form, "back": reverse(PAGE)})
