"""Finds in the readers every problem that they can tell of, so that the reference page cannot miss one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TELLS = {"tell", "file", "rows"}
EFFECTS = ("row set aside", "value not used", "noted", "file not read")
NAMES = {"ASIDE": "row set aside", "REMEDY": "", "UNUSED": "value not used", "NOTED": "noted"}
ROOMS = {"hearth_tables": "hearth"}
RETURNS = Path(__file__).resolve().parents[1] / "hearth" / "returns"


def found() -> list[tuple[str, str, str, str]]:
    """Where (room), what is wrong, what to do and what Hearth did, in order and each once."""
    rows = {row for path in sorted(RETURNS.rglob("*.py")) for row in _in_module(path)}
    return sorted(rows)


def _in_module(path: Path) -> Iterator[tuple[str, str, str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    room = path.parent.name if path.parent != RETURNS else ROOMS.get(path.stem, "every file")
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            known = _assigned(function)
            for call in ast.walk(function):
                yield from _told(call, known, room)


def _assigned(function: ast.FunctionDef) -> dict[str, list[str]]:
    """The words each name in the function may stand for."""
    known: dict[str, list[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            known.setdefault(node.targets[0].id, []).extend(_words(node.value, {}))
    return known


def _told(call: ast.AST, known: dict[str, list[str]], room: str) -> Iterator[tuple[str, str, str, str]]:
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in TELLS):
        return
    given = call.args[1:] if call.func.attr == "file" else call.args
    said = [_words(node, known) for node in (*given, *(word.value for word in call.keywords))]
    sentences = [words for words in said if words and words[0] not in EFFECTS and " " in words[0]]
    effects = [words[0] for words in said if words and words[0] in EFFECTS]
    if len(sentences) >= 1:
        remedy = sentences[1][0] if len(sentences) > 1 else "as the row says"
        effect = effects[-1] if effects else ("file not read" if call.func.attr == "file" else "value not used")
        yield from ((room, problem, remedy, effect) for problem in sentences[0])


def _words(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    """The text that an expression gives; what is filled in when it is told shows as an ellipsis."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)]
    if isinstance(node, ast.IfExp):
        return [*_words(node.body, known), *_words(node.orelse, known)]
    if isinstance(node, ast.Name):
        return known.get(node.id) or ([NAMES[node.id]] if NAMES.get(node.id) else [])
    return []
