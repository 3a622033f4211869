"""The photo of a child: shown to whoever may see the child, changed by those who work with the child."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.web.access.signed_in import person
from hearth.web.children import actions
from hearth.web.children.queries import child_for
from hearth.web.children.reading.looking import look
from hearth.web.design.forms import Form

KEPT_FOR = 600
"""Seconds for which the reader's own browser may keep the picture."""


class PhotoForm(Form):
    """Which picture."""

    photo = forms.FileField(
        label="Photo",
        help_text="JPEG or PNG, up to 10 MB. It is kept small, and where and when it was taken is not kept.",
    )


def child_photo(request: HttpRequest, child_pk: int) -> FileResponse:
    """The picture; the reader's browser may keep it for ten minutes, nobody in between."""
    child = child_for(request, child_pk)
    if not child.photo:
        raise Http404
    answer = FileResponse(child.photo.open("rb"))
    answer["Cache-Control"] = f"private, max-age={KEPT_FOR}"
    return answer


def photo_changed(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Chooses another photo, or takes it away."""
    reading = look(request, child_pk)
    is_removed = "remove" in request.POST
    form = PhotoForm(request.POST or None, request.FILES or None)
    if is_removed or (request.method == "POST" and form.is_valid()):
        try:
            photo = None if is_removed else form.cleaned_data["photo"]
            actions.change_photo(reading.child, by=person(request), photo=photo)
        except ValidationError as refused:
            form.add_error("photo", refused)
        else:
            messages.success(request, "The photo was taken away." if is_removed else "The photo is changed.")
            return redirect("child", child_pk)
    return render(request, "reading/photo.html", {"child": reading.child, "look": reading, "form": form})
