"""The pages of figures: the board's ten, every measure of the day, and who is behind one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hearth.measures.catalogue import MEASURES
from hearth.measures.measure import AREAS, Measure
from hearth.reports import sparkline
from hearth.web.access import audit
from hearth.web.access.policy import may_open
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.figures.behind import listed
from hearth.web.figures.board import ten
from hearth.web.figures.keeping import PUBLIC_SCORECARD
from hearth.web.figures.models import Figure, Paper
from hearth.web.intake import queries
from hearth.web.intake.models import Batch, Check
from hearth.web.work import daily
from hearth.web.work.exporting import FORMS, as_file

MEASURE, MEASURE_EXPORT = "measure", "measure_export"
ON_A_PAGE = 100
OFF = "bad"
"""The tone of a measure off its target or worse than others."""
LOADS_SHOWN = 5
COLUMNS = ("Measure", "Area", "Figure", "Made of", "Not known", "How it stands", "Direction", "Definition", "Source")
BEHIND = ("Identifier", "On", "Answer", "Facts")


def board(request: HttpRequest) -> HttpResponse:
    """Ten measures in words, small numbers withheld; a way to the children only for those who may see them."""
    reckoned = daily.current()
    kept = {row.measure: row for row in Figure.objects.filter(is_public=True)}
    shown = [
        (asked, kept[asked.measure.id], _line(kept[asked.measure.id])) for asked in ten() if asked.measure.id in kept
    ]
    has_compared = any(figure.compared for _, figure, _ in shown)
    said = {
        "shown": shown,
        "reckoned": reckoned,
        "has_compared": has_compared,
        "may_see_children": may_open(standing(person(request)), MEASURE),
    }
    return render(request, "figures/board.html", said)


def figures(request: HttpRequest) -> HttpResponse:
    """What was loaded, what is wrong with it, and every measure of the day."""
    reckoned, held, only = daily.current(), standing(person(request)), request.GET.get("only", "")
    kept = list(Figure.objects.filter(is_public=False).defer("series", "bands", "compared"))
    said = {
        "areas": _by_area([row for row in kept if row.tone == OFF] if only == "off_target" else kept),
        "only": only,
        "reckoned": reckoned,
        "off_target": sum(row.tone == OFF for row in kept),
        "loads": Batch.objects.select_related("loaded_by").annotate(problem_count=Count("problems"))[:LOADS_SHOWN],
        "check": _check(),
        "opens": {page for page in ("loads", "load", "load_problems", "check_made", "board") if may_open(held, page)},
    }
    return render(request, "figures/figures.html", said)


def _by_area(kept: Sequence[Figure]) -> list[tuple[str, list[tuple[Measure, Figure]], list[tuple[Measure, Figure]]]]:
    """For each area of the scorecard its measures with a figure, and those without one."""
    pairs = [(MEASURES[row.measure], row) for row in kept if row.measure in MEASURES]
    areas = []
    for code, title in AREAS.items():
        here = [pair for pair in pairs if pair[0].area == code]
        given, lacking = ([p for p in here if bool(p[1].unavailable) is lacks] for lacks in (False, True))
        if here:
            areas.append((title, given, lacking))
    return areas


def _check() -> dict[str, Any] | None:
    """The latest check of the return, with how many rows and rules it found."""
    found = Check.objects.select_related("run_by").first()
    if found is None:
        return None
    return {"made": found, "rows": len(found.findings), "rules": len(queries.rules(found.findings))}


def figures_export(request: HttpRequest, form: str) -> HttpResponse:
    """Every measure of the day as a file."""
    if form not in FORMS:
        raise Http404
    audit.record(person(request), audit.EXPORTED, page="figures_export")
    kept = [(MEASURES[row.measure], row) for row in Figure.objects.filter(is_public=False) if row.measure in MEASURES]
    body = [
        [
            m.title,
            AREAS[m.area],
            f.shown or f.unavailable,
            f.basis,
            f.not_known,
            f.status,
            f.moved,
            m.numerator,
            m.source,
        ]
        for m, f in kept
    ]
    return as_file("figures", form, COLUMNS, body)


def public_scorecard(request: HttpRequest) -> HttpResponse:
    """The public scorecard of the day as a page to keep: it names no child."""
    daily.current()
    found = Paper.objects.filter(name=PUBLIC_SCORECARD).first()
    if found is None:
        raise Http404
    audit.record(person(request), audit.EXPORTED, page="public_scorecard")
    answer = HttpResponse(found.body, content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="scorecard-{found.as_of.isoformat()}.html"'
    return answer


def measure(request: HttpRequest, measure_id: str) -> HttpResponse:
    """One measure: its figure, its months, what stands beside it, its rule, and those behind it."""
    user, asked = person(request), _asked(measure_id)
    daily.current()
    figure = Figure.objects.filter(measure=asked.id, is_public=False).first()
    behind = listed(asked, user, MEASURE)
    answer = request.GET.get("answer", "")
    here = Paginator(behind.only(answer), ON_A_PAGE).get_page(request.GET.get("page"))
    audit.record_list(user, audit.READ, [one.child for one in here], page=MEASURE, details={"measure": asked.id})
    said = {
        "measure": asked,
        "figure": figure,
        "line": _line(figure) if figure else "",
        "behind": behind,
        "here": here,
        "answer": answer,
        "names": may_open(standing(user), "child"),
        "back": reverse("figures"),
    }
    return render(request, "figures/measure.html", said)


def measure_export(request: HttpRequest, measure_id: str, form: str) -> HttpResponse:
    """Those behind a figure as a file."""
    if form not in FORMS:
        raise Http404
    user, asked = person(request), _asked(measure_id)
    found = listed(asked, user, MEASURE_EXPORT).subjects
    children = [one.child for one in found]
    audit.record_list(user, audit.EXPORTED, children, page=MEASURE_EXPORT, details={"measure": asked.id})
    return as_file(asked.id[:31], form, BEHIND, [[one.child.child_id, one.on, one.answer, one.facts] for one in found])


def _asked(measure_id: str) -> Measure:
    if measure_id not in MEASURES:
        raise Http404
    return MEASURES[measure_id]


def _line(figure: Figure) -> SafeString:
    """The months as a small line; everything in it is escaped by whoever draws it."""
    asked = MEASURES[figure.measure]
    series = [(date.fromisoformat(on), value) for on, value, *_ in figure.series]
    drawn = sparkline.draw(series, name=f"{asked.id}-l", title=asked.title, unit=asked.unit, target=asked.target)
    return mark_safe(drawn)  # noqa: S308  # nosec - as said above
