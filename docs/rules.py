"""The reference page of the rules of the SSDA903 return, from their declarations."""

from __future__ import annotations

from collections.abc import Iterator

from hearth.returns.ssda903.checking.declared import Facts, Rule, facts, rules

INTRO = """Every rule by which [`hearth check`](checking.md) checks the return, with the Department's message, the condition in our words, the
rule sets in which it holds (2025_26 checks the return to 31 March 2026), and how we read it where the wording leaves room. Where the
sector's own tool is known to differ from the published wording we follow the wording; the note says so.
"""


def page() -> str:
    """Every rule: message, fields, tables, condition, years, what to look at, our reading."""
    declared = rules()
    said = [f"{len({rule.code for rule in declared})} rules.\n"]
    parts = [_section(about, [rule for rule in declared if rule.code == code]) for code, about in facts().items()]
    return "\n".join(["# Rules of the SSDA903 return\n", INTRO, *said, *(part for part in parts if part)])


def _section(about: Facts, versions: list[Rule]) -> str:
    if not versions:
        return ""
    return "\n".join([f"## {about.code}\n", f"{about.message}\n", *_lines(about, versions)]) + "\n"


def _lines(about: Facts, versions: list[Rule]) -> Iterator[str]:
    yield f"- **Condition**: {about.condition}"
    yield f"- **Fields**: {', '.join(about.fields)} ({', '.join(about.tables)}); {about.kind}"
    yield f"- **Holds**: {'; '.join(_years(version) for version in versions)}"
    for title, words in (
        ("What to look at", about.look_at),
        ("Sure remedy", f"`{about.proposed}`" if about.proposed else ""),
        ("Our reading", about.reading),
        ("Note", about.note),
    ):
        if words:
            yield f"- **{title}**: {words}"


def _years(version: Rule) -> str:
    return version.since if version.since == version.until else f"{version.since} to {version.until}"
