"""The scorecard as one page of HTML: no network, no script, readable by everyone, and good on paper."""

from __future__ import annotations

from pathlib import Path

from hearth.reports import card
from hearth.reports.judgement import Tone, verdict
from hearth.reports.markup import details, table, tag, text
from hearth.reports.scorecard import Area, Line, Scorecard
from hearth.reports.wording import day, sentence, times

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PUBLIC_NOTE = (
    "This is the public version. It names no child. Numbers of 1 to 5, and others from which such a number could be "
    "worked out, are withheld and say so. A nought is shown, because it points to nobody."
)
NOT_KNOWN_NOTE = (
    "“Not known” means that the record does not say. It is counted apart and never read as no, or as nought."
)
PROBLEMS_SHOWN = 200


def render(scorecard: Scorecard) -> str:
    """The whole page."""
    title = f"How well we look after our children: {scorecard.authority_name}, {day(scorecard.as_of)}"
    areas = [area for area in scorecard.areas if area.lines or area.unavailable]
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{_style()}</style></head><body>"
        '<a class="skip" href="#main">Skip to the figures</a>'
        f"{_header(scorecard)}"
        f'<main id="main" class="wide" tabindex="-1">{_opening(scorecard, areas)}'
        f"{''.join(_area(area) for area in areas)}</main>"
        f"{_footer(scorecard)}</body></html>"
    )


def _style() -> str:
    return (Path(__file__).parent / "scorecard.css").read_text(encoding="utf-8")


def _header(scorecard: Scorecard) -> str:
    kind = "Public scorecard" if scorecard.is_public else "Scorecard: official, sensitive. It holds children's records"
    return (
        f'<header class="top"><div class="wide"><p class="who">{text(scorecard.authority_name)}</p>'
        f"<h1>How well we look after our children</h1>"
        f"<p>{text(day(scorecard.as_of))}. {text(kind)}.</p></div></header>"
    )


def _opening(scorecard: Scorecard, areas: list[Area]) -> str:
    note = f'<p class="note">{text(PUBLIC_NOTE)}</p>' if scorecard.is_public else ""
    links = "".join(f'<li><a href="#area-{area.id}">{text(area.title)}</a></li>' for area in areas)
    return (
        f'<p class="lead">{text(_source(scorecard))}</p>{note}<p>{text(NOT_KNOWN_NOTE)}</p>'
        f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ul>{links}</ul></nav>'
        f'<section aria-labelledby="summary"><h2 id="summary">Performance on a page</h2>{_summary(areas)}'
        f"{_moved(scorecard)}</section>"
    )


def _source(scorecard: Scorecard) -> str:
    words = f"Figures on {day(scorecard.as_of)} from {scorecard.source}."
    found = scorecard.problems.height
    if not found:
        return f"{words} No problems were found in it."
    aside = int(scorecard.counts["set_aside"].sum() or 0)
    lost = f" {times(aside, 'row was', 'rows were')} set aside." if aside else ""
    return f"{words} {times(found, 'problem was', 'problems were')} found in it: see the end of this page.{lost}"


def _summary(areas: list[Area]) -> str:
    head = ["Area", "On target or better", "Near target", "Off target or worse", "No judgement", "Not available"]
    rows = [_counts(area) for area in areas]
    total = ["All areas", *(str(sum(int(row[i]) for row in rows)) for i in range(1, len(head)))]
    return table("Measures in each area, by what can be said of them", head, [*rows, total], numbers=range(1, 6))


def _counts(area: Area) -> list[str]:
    tones = area.tones()
    unsaid = tones[Tone.PLAIN] + tones[Tone.SILENT]
    counts = (tones[Tone.GOOD], tones[Tone.NEAR], tones[Tone.BAD], unsaid, len(area.unavailable))
    return [area.title, *(str(count) for count in counts)]


def _moved(scorecard: Scorecard) -> str:
    lines = scorecard.moved_most()
    if not lines:
        return "<h3>What moved most</h3><p>No measure changed by more than chance may explain.</p>"
    items = "".join(f"<li>{_moved_line(line)}</li>" for line in lines)
    return f"<h3>What moved most over the year</h3><ul>{items}</ul>"


def _moved_line(line: Line) -> str:
    link = f'<a href="#{line.measure.id}">{text(line.measure.title)}</a>'
    said = verdict(line.moved)
    words = line.moved.words[0].lower() + line.moved.words[1:]
    return f"{link}: {text(f'{said}, {words}' if said else words)}"


def _area(area: Area) -> str:
    cards = "".join(card.render(line) for line in area.lines)
    missing = [(measure.title, sentence(why)) for measure, why in area.unavailable]
    rest = table("Not available, and why", ["Measure", "Why"], missing) if missing else ""
    told = details(f"{times(len(missing), 'measure is', 'measures are')} not available", rest)
    return (
        f'<section class="area" aria-labelledby="area-{area.id}"><h2 id="area-{area.id}">{text(area.title)}</h2>'
        f'<p>{_tags(area)}</p><div class="cards">{cards}</div>{told}</section>'
    )


def _tags(area: Area) -> str:
    tones = area.tones()
    words = {
        Tone.GOOD: "on target or better",
        Tone.NEAR: "near target",
        Tone.BAD: "off target or worse",
        Tone.PLAIN: "without a judgement",
        Tone.SILENT: "too few, withheld or nobody",
    }
    return "".join(tag(f"{tones[tone]} {said}", tone) for tone, said in words.items() if tones[tone])


def _footer(scorecard: Scorecard) -> str:
    others = "Published figures are the Department for Education's and carry the year they were printed for. "
    chance = "A change is called one only when chance alone would bring it about less than once in twenty times."
    said = f"{others if scorecard.has_comparators else ''}{chance}"
    return (
        '<footer><div class="wide"><h2 id="problems">Where the figures come from</h2>'
        f"{_read(scorecard)}{_problems(scorecard)}<p>{text(said)}</p></div></footer>"
    )


def _read(scorecard: Scorecard) -> str:
    rows = [
        (str(r["file"]), f"{r['read']:,}", f"{r['kept']:,}", f"{r['set_aside']:,}")
        for r in scorecard.counts.iter_rows(named=True)
    ]
    return (
        table("Rows read, kept and set aside", ["File", "Read", "Kept", "Set aside"], rows, numbers=(1, 2, 3))
        if rows
        else ""
    )


def _problems(scorecard: Scorecard) -> str:
    """Problems by kind; which row and child only where children may be seen."""
    if scorecard.problems.is_empty():
        return ""
    kinds = scorecard.problems.group_by("file", "problem", "remedy", "effect", maintain_order=True).len()
    rows = [
        (str(r["file"]), str(r["problem"]), _few(r["len"], scorecard.is_public), str(r["effect"]), str(r["remedy"]))
        for r in kinds.sort("len", descending=True, maintain_order=True).head(PROBLEMS_SHOWN).iter_rows(named=True)
    ]
    made = table(
        "Problems found", ["File", "What is wrong", "Times", "What was done", "What to do"], rows, numbers=(2,)
    )
    return details(times(scorecard.problems.height, "problem"), made)


def _few(count: int, is_public: bool) -> str:
    from hearth.measures.disclosure import LARGEST_SMALL

    return f"up to {LARGEST_SMALL}" if is_public and count <= LARGEST_SMALL else f"{count:,}"
