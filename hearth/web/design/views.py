"""Every component on one page, to look at while building; shown only where the record is made up."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.design.fields import CodeField, DayField, YesNoField
from hearth.web.design.forms import Form
from hearth.web.design.navigation import Link


class Example(Form):
    """One field of each kind."""

    visited_on = DayField(label="Day of the visit", is_past=True)
    is_seen = YesNoField(label="Was the child seen?", may_be_unknown=False)
    participation = CodeField("participation", label="How the child took part", required=False)
    sex = CodeField("sex", label="Sex as registered")
    worker = forms.CharField(label="Who else was there", help_text="Names and roles", required=False)
    concerns = forms.MultipleChoiceField(
        label="Concerns",
        choices=[("home", "The home"), ("school", "School"), ("health", "Health")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="What happened", widget=forms.Textarea(attrs={"rows": 5}))
    is_shared = forms.BooleanField(label="I have told the child what I wrote", required=False)
    letter = forms.FileField(label="A letter or picture", required=False)


def design(request: HttpRequest) -> HttpResponse:
    """The components. Raises Http404 where the record is real."""
    if not (settings.DEBUG or settings.HEARTH_DEMO):
        raise Http404
    form = Example(request.POST or None, request.FILES or None)
    days = [today() + timedelta(days=ahead) for ahead in (-40, -3, -1, 0, 1, 6, 400)]
    page = Paginator(range(200), 20).get_page(request.GET.get("page"))
    links = [Link("Overview", request.path), Link("Health", "?health", 3), Link("Education", "?education")]
    said = {"form": form, "days": days, "page": page, "links": links, "statuses": words.STATUSES}
    return render(request, "design/design.html", said | {"back": "/"})
