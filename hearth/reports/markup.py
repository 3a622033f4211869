"""Small pieces of HTML: everything that comes from a source or a declaration is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from hearth.reports.judgement import Tone


def text(words: object) -> str:
    """The words, safe inside an element or an attribute in double quotes."""
    return escape(str(words), quote=True)


def tag(words: str, tone: Tone) -> str:
    """A status in words on its colour."""
    return f'<strong class="tag {tone}">{text(words[0].upper() + words[1:])}</strong>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """A table with caption and heading cells; the first cell of a row is its heading; ``numbers`` are set right."""
    heads = "".join(f'<th scope="col"{_right(i, numbers)}>{text(word)}</th>' for i, word in enumerate(head))
    body = "".join(_row(row, numbers) for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], numbers: Sequence[int]) -> str:
    cells = "".join(f"<td{_right(i, numbers)}>{text(cell)}</td>" for i, cell in enumerate(row[1:], start=1))
    return f'<tr><th scope="row">{text(row[0])}</th>{cells}</tr>'


def _right(column: int, numbers: Sequence[int]) -> str:
    return ' class="n"' if column in numbers else ""


def details(summary: str, inside: str, *, kind: str = "") -> str:
    """Something opened on demand, without a script; empty when there is nothing inside."""
    named = f' class="{kind}"' if kind else ""
    return f"<details{named}><summary>{text(summary)}</summary><div>{inside}</div></details>" if inside else ""


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms and what they mean; pairs without a meaning are left out."""
    return "<dl>" + "".join(f"<dt>{text(term)}</dt><dd>{text(said)}</dd>" for term, said in pairs if said) + "</dl>"
