"""Recording once for several children of a family: what is shared is asked once, the rest child by child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import QueryDict

from hearth.web.access.models import User
from hearth.web.children.models import Child
from hearth.web.children.queries import siblings_known
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.typed import names_of

WITH = "_with"


def offered(user: User, kind: Kind, child: Child | None) -> list[Child]:
    """The brothers and sisters for whom the person may record the same; none where the kind is not for several."""
    if child is None or kind.per_child is None:
        return []
    return [sibling for sibling, is_open in siblings_known(user, child, kind.page) if is_open]


def any_ticked(data: QueryDict) -> bool:
    """Whether any is ticked on the page."""
    return bool(data.getlist(WITH))


def chosen(data: QueryDict, among: Iterable[Child]) -> list[Child]:
    """Those ticked on the page."""
    ticked = set(data.getlist(WITH))
    return [child for child in among if str(child.pk) in ticked]


def prefix(child: Child) -> str:
    """What stands before the names of the questions about a brother or sister."""
    return f"c{child.pk}"


def sheet_of(kind: Kind, data: QueryDict, sibling: Child) -> Sheet:
    """The form for a brother or sister: shared answers from the page's own, the others under the child's prefix."""
    start = prefix(sibling)
    filled = data.copy()
    for name in shared(kind):
        for sent in names_of(kind.form.base_fields[name], name):
            if sent in data:
                filled.setlist(f"{start}-{sent}", data.getlist(sent))
    return kind.form(filled, subject=sibling, prefix=start)


def shared(kind: Kind) -> Sequence[str]:
    """The questions whose answer is the same for all."""
    return [name for name in kind.form.base_fields if name not in (kind.per_child or ())]
