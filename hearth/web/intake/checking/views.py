"""The pages on the return checked by the published rules: by rule, by worker and team, and row by row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.web.access import audit
from hearth.web.access.signed_in import person
from hearth.web.config.today import today
from hearth.web.intake import actions, queries, showing
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.intake.models import Check
from hearth.web.intake.tables_as_files import csv_answer

ROWS_A_PAGE = 50


@require_POST
def record_checked(request: HttpRequest) -> HttpResponse:
    """Checks the return that the live record would give."""
    try:
        made = actions.check_record(by=person(request), today=today())
    except LoadRefusedError as error:
        messages.error(request, str(error))
        return redirect("loads")
    return redirect("check_made", check_pk=made.pk)


def check_made(request: HttpRequest, check_pk: int) -> HttpResponse:
    """What a check found: by rule, by worker, by team, and the findings of one rule."""
    check = get_object_or_404(Check.objects.select_related("run_by"), pk=check_pk)
    rows = [(row["child_id"], f"{row['code']}: {row['message']}") for row in check.findings]
    chosen, unknown = request.GET.get("rule", ""), queries.unknown_to(person(request))
    of_rule = list(showing.findings((row for row in check.findings if row["code"] == chosen), unknown))
    page = Paginator(of_rule, ROWS_A_PAGE).get_page(request.GET.get("page"))
    told = queries.named(row["child_id"] for row in page)
    audit.record_list(person(request), audit.READ, told, page="check_made", details={"check": check.pk})
    said: dict[str, Any] = {
        "check": check,
        "rules": queries.rules(check.findings),
        "workers": queries.shares(rows, "worker", unknown)[:ROWS_A_PAGE],
        "teams": queries.shares(rows, "team", unknown)[:ROWS_A_PAGE],
        "chosen": chosen,
        "page": page,
        "back": reverse("loads"),
    }
    return render(request, "intake/check_made.html", said)


def check_made_file(request: HttpRequest, check_pk: int) -> HttpResponse:
    """Every finding as a CSV file, with the worker and the team that hold the child today."""
    check = get_object_or_404(Check, pk=check_pk)
    found = list(showing.findings(check.findings, queries.unknown_to(person(request))))
    whose = queries.holders(row["child_id"] for row in found if row["child_id"])
    names = ("code", "table", "row", "child_id", "message", "values", "look_at", "proposed")
    cells = (
        [*(row[name] for name in names), holder.worker, holder.team]
        for row in found
        for holder in [whose.get(row["child_id"] or "", queries.Holder("", ""))]
    )
    heading = ["rule", "table", "row", "child", "what is wrong", "values", "look at", "proposed", "worker", "team"]
    told = queries.named(row["child_id"] for row in found)
    return csv_answer(person(request), "check_made_file", f"check-{check.pk}.csv", heading, cells, children=told)
