"""Prints who may open which page, from the policy table."""

from __future__ import annotations

from hearth.web.access.policy import AREAS, Page, pages
from hearth.web.access.roles import Role

INTRO = """# Who may see and do what

Printed from `hearth/web/access/policy.csv`. A page without a row here does not open for anybody.

How far a role reaches on a page: **own** the children allocated to the person (on pages of
carers: the households the person supervises); **team** those allocated to the team as
well; **service** those of the teams of the service; **care** every child who is or was in the authority's care, and
those added to the record in Hearth; **authority** every child on the record, also those known at home alone. Blank:
the page does not open (403). A child beyond the reach is not there (404), or, where the role may know the child but not do this, refused (403). A
restricted record is open to the people named on it only; others within reach see the name and that it is restricted.
"""


def page() -> str:
    """The page in Markdown."""
    parts = [INTRO]
    for area, words in AREAS.items():
        found = [p for p in pages().values() if p.area == area]
        if found:
            parts.append(_section(words, area, found))
    return "\n".join(parts)


def _section(words: str, area: str, found: list[Page]) -> str:
    if area in ("open", "own"):
        rows = [f"| `{p.name}` | {p.what} | {p.kind} |" for p in found]
        return f"## {words}\n\n| page | what | kind |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
    return f"## {words}\n\n" + "\n".join(_page(p) for p in found)


def _page(p: Page) -> str:
    reached = [f"{role.label}: {p.reach[role.value].name.lower()}" for role in Role if p.reach[role.value]]
    return f"- `{p.name}` {p.what} ({p.kind}). {'; '.join(reached) or 'Nobody'}."
