"""The check of the return as one page of HTML: what was found by rule, who is to mend it, and what was not run."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hearth.reports.judgement import Tone
from hearth.reports.markup import definitions, details, table, tag, text
from hearth.reports.wording import times
from hearth.returns.ssda903.checking.summary import Overview

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
ROWS_SHOWN = 100
"""Findings of one rule on the page; the workbook holds all."""


def render(overview: Overview) -> str:
    """The whole page."""
    title = f"Check of the SSDA903 return. {overview.title}"
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{_style()}</style></head><body>"
        '<a class="skip" href="#main">Skip to what was found</a>'
        f'<header class="top"><div class="wide"><p class="who">{text(overview.authority or "Authority not known")}</p>'
        f"<h1>Check of the SSDA903 return</h1><p>{text(overview.title)}. Official, sensitive: it holds children's "
        "records.</p></div></header>"
        f'<main id="main" class="wide" tabindex="-1">{_opening(overview)}{_rules(overview)}{_people(overview)}'
        f"{_not_run(overview)}</main></body></html>"
    )


def _style() -> str:
    return (Path(__file__).parent / "scorecard.css").read_text(encoding="utf-8")


def _opening(overview: Overview) -> str:
    found, children, rows = overview.counts()
    verdict = tag("nothing found", Tone.GOOD) if not found else tag("to be mended", Tone.BAD)
    said = (
        f"{times(overview.rules_run, 'rule was', 'rules were')} checked. {times(found, 'finding', 'findings')} "
        f"on {times(children, 'child', 'children')}, in {times(rows, 'row', 'rows')} of the return."
    )
    return f'<p class="lead">{verdict} {text(said)}</p>{_since(overview)}'


def _since(overview: Overview) -> str:
    if not overview.is_compared:
        return ""
    words = ", ".join(f"{many} {word}" for word, many in overview.since().items())
    return f"<p>Beside the earlier run: {text(words)}.</p>"


def _rules(overview: Overview) -> str:
    rules = overview.grouped("rule")
    if rules.is_empty():
        return ""
    head = ["Rule", "What the Department says", "Children", "Rows"]
    rows = [[r["code"], r["message"], f"{r['children']:,}", f"{r['rows']:,}"] for r in rules.iter_rows(named=True)]
    parts = {str(code): part for (code,), part in overview.open.partition_by("code", as_dict=True).items()}
    each = "".join(_rule(rule, parts[rule["code"]]) for rule in rules.iter_rows(named=True))
    summary = table("Rules that are broken", head, rows, numbers=(2, 3))
    return f"<h2>By rule</h2>{summary}<h3>Rule by rule</h3>{each}"


def _rule(rule: dict[str, object], found: pl.DataFrame) -> str:
    rows = [
        [r["child_id"] or "not known", r["table"], str(r["row"]), r["values"], r["proposed"] or ""]
        for r in found.head(ROWS_SHOWN).iter_rows(named=True)
    ]
    more = found.height - len(rows)
    note = f"<p>{text(times(more, 'more row is', 'more rows are'))} in the workbook.</p>" if more else ""
    head = ["Child", "Table", "Row", "What stands there", "Sure remedy"]
    inside = definitions([("What to look at", str(rule["look_at"]))])
    listed = table(f"Rows that break rule {rule['code']}", head, rows, numbers=(2,))
    return details(f"{rule['code']}: {rule['message']} ({found.height:,})", inside + listed + note)


def _people(overview: Overview) -> str:
    kinds = ["worker", *(["team"] if overview.teams else [])]
    tables = "".join(_who(overview, kind) for kind in kinds)
    return f"<h2>Who is to mend it</h2>{tables}" if overview.open.height else ""


def _who(overview: Overview, kind: str) -> str:
    rows = [
        [r[kind], f"{r['children']:,}", f"{r['findings']:,}", r["rules"]]
        for r in overview.grouped(kind).iter_rows(named=True)
    ]
    return table(f"Findings by {kind}", [kind.capitalize(), "Children", "Findings", "Rules"], rows, numbers=(1, 2))


def _not_run(overview: Overview) -> str:
    if overview.not_run.is_empty():
        return ""
    reasons = overview.not_run.group_by("reason", maintain_order=True).agg("code")
    rows = [[", ".join(codes), reason] for reason, codes in reasons.iter_rows()]
    return f"<h2>Not run</h2>{table('Rules that could not be checked', ['Rules', 'Why'], rows)}"
