"""Which brothers and sisters on the record are in care with the child, and which apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.web.children.derived import statuses
from hearth.web.children.models import Child, Episode
from hearth.web.children.queries import siblings_known
from hearth.web.children.reading.areas import CARE
from hearth.web.children.reading.identity import in_force
from hearth.web.children.reading.looking import Look


@dataclass(frozen=True)
class Sibling:
    """A brother or sister on the record; ``words`` are empty where the reader may not know more than the name."""

    child: Child
    words: str
    is_together: bool = False


def in_care(look: Look) -> list[Sibling]:
    """The brothers and sisters of whom the reader may know, eldest first, with where those in care live."""
    known = siblings_known(look.user, look.child, CARE.page)
    if not known:
        return []
    stand = statuses([child for child, is_open in known if is_open], look.day)
    homes = _homes(look, [look.child, *(child for child, is_open in known if is_open)])
    with_child = homes.get(look.child.pk)
    found = []
    for child, is_open in known:
        if not is_open:
            found.append(Sibling(child, "restricted"))
        elif not stand[child.pk].is_looked_after:
            found.append(Sibling(child, stand[child.pk].care.badge.lower()))
        else:
            is_together = with_child is not None and homes.get(child.pk) == with_child
            where = f"with {look.child.name}" if is_together else _apart(with_child, homes.get(child.pk))
            found.append(Sibling(child, f"in care, {where}" if where else "in care", is_together))
    return found


Home = tuple[str, str]


def _apart(one: Home | None, other: Home | None) -> str:
    return "where is not known" if other is None else "elsewhere" if one else ""


def _homes(look: Look, children: Sequence[Child]) -> dict[int, Home]:
    """Where each lives on the day: the postcode and the home's or agency's number; those not known are left out."""
    rows = Episode.objects.filter(in_force(look.day), child__in=[child.pk for child in children]).order_by("started_on")
    return {
        row.child_id: (row.placement_postcode, row.urn or "")
        for row in rows.only("child", "placement_postcode", "urn")
        if row.placement_postcode
    }
