"""A fostering household or a children's home comes onto the record."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from hearth.web.access.models import User
from hearth.web.carers.subjects import homes, households
from hearth.web.children import recording
from hearth.web.children.models import ChildrensHome, FosterCarer
from hearth.web.children.queries import own_authority

OURS = "H"
"""Numbers given by Hearth begin with this letter, so that they never meet those of another system."""


def add_household(*, by: User, carer_id: str = "", **facts: Any) -> FosterCarer:
    """Puts a household on the record with its first approval. Without a number it is given the next one."""
    authority = _named()
    if carer_id and households(authority=authority, carer_id=carer_id):
        raise ValidationError({"carer_id": f"{carer_id} is on the record already: look for it in the list"})
    with transaction.atomic():
        row = FosterCarer(authority=authority, carer_id=carer_id or _next_number(authority), **facts)
        return recording.record(row, by=by, what="fostering household added")


def add_home(*, by: User, home_id: str, **facts: Any) -> ChildrensHome:
    """Puts a children's home on the record with its first registration."""
    authority = _named()
    if homes(authority=authority, home_id=home_id):
        raise ValidationError({"home_id": f"{home_id} is on the record already: look for it in the list"})
    row = ChildrensHome(authority=authority, home_id=home_id, **facts)
    return recording.record(row, by=by, what="children's home added")


def _named() -> str:
    authority = own_authority()
    if not authority:
        raise ValidationError("Whose children these are is not set yet: ask your administrator to set HEARTH_AUTHORITY")
    return authority


def _next_number(authority: str) -> str:
    ours = FosterCarer.everything.filter(authority=authority, carer_id__regex=rf"^{OURS}\d{{6}}$")
    newest = ours.select_for_update().order_by("-carer_id").first()
    return f"{OURS}{int(newest.carer_id[1:]) + 1 if newest else 1:06}"
