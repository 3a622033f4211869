"""Where the child and the people around the child live."""

from __future__ import annotations

from datetime import date
from typing import Any

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Address, Child, FamilyMember


def record_address(
    *,
    child: Child,
    by: User,
    kind: str,
    member: FamilyMember | None = None,
    started_on: date | None = None,
    **facts: Any,
) -> Address:
    """Records an address; the one of the same kind and person that it follows ends on the day it begins."""
    with recording.writing(child, by, "address recorded") as act:
        for before in Address.objects.filter(child=child, kind=kind, member=member, ended_on=None):
            if started_on and (before.started_on is None or before.started_on <= started_on):
                act.change(before, ended_on=started_on)
        return act.add(Address(child=child, kind=kind, member=member, started_on=started_on, **facts))
