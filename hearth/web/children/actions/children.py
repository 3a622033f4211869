"""A child comes onto the record, and who the child is changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.files import valid_photo
from hearth.web.children.models import Child
from hearth.web.children.pictures import as_kept

OURS = "H"
"""Identifiers given by Hearth begin with this letter, so that they never meet those of another system."""


def create_child(*, by: User, authority: str, child_id: str = "", **facts: Any) -> Child:
    """Puts a child on the record. Without an identifier the child is given the authority's next one."""
    with transaction.atomic():
        if Child.everything.filter(authority=authority, child_id=child_id, is_withdrawn=True).exists():
            raise ValidationError(
                f"The identifier {child_id} belonged to a child withdrawn from the record: give another"
            )
        child = Child(authority=authority, child_id=child_id or _next_identifier(authority), **facts)
        act = recording.Writing(None, by)
        act.add(child)
        act.child = child
        recording.finish(act, "child added")
    return child


def change_child(child: Child, *, by: User, why: str = "", seen_revision: int | None = None, **facts: Any) -> Child:
    """Changes who the child is: names, pronouns, language, needs. Raises ``Conflict`` as ``correct`` does."""
    return recording.correct(
        child, by=by, why=why or "Details brought up to date", seen_revision=seen_revision, **facts
    )


def change_photo(child: Child, *, by: User, photo: File[bytes] | None) -> Child:
    """Gives the child a photo, made anew from what was sent; None takes it away. The one before is kept.

    Raises Django's validation error, in a sentence, when the file is not a picture that is kept.
    """
    kept: File[bytes] | str = ""
    if photo is not None:
        valid_photo(photo)
        kept = ContentFile(as_kept(photo.read()), name="photo.jpg")
    with recording.writing(child, by, "photo changed") as act:
        return act.change(recording.current(child, None, {}), photo=kept)


def _next_identifier(authority: str) -> str:
    ours = Child.everything.filter(authority=authority, child_id__regex=rf"^{OURS}\d{{6}}$")
    newest = ours.select_for_update().order_by("-child_id").first()
    return f"{OURS}{int(newest.child_id[1:]) + 1 if newest else 1:06}"
