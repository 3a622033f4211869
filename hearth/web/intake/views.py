"""The pages of loading: files given, a look at what they would do, the load, its problems, and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.web.access import audit
from hearth.web.access.signed_in import person
from hearth.web.children.queries import own_authority
from hearth.web.intake import actions, queries, running, showing, staging
from hearth.web.intake.forms import BeginForm, FilesForm, ProblemFilter
from hearth.web.intake.loading import SET_ASIDE, LoadRefusedError
from hearth.web.intake.models import Batch, Check, Problem, TableCount, Upload
from hearth.web.intake.tables_as_files import csv_answer
from hearth.web.intake.undoing import LaterWorkError, undo

ROWS_A_PAGE = 50
OPEN_STATES = (Upload.State.READING, Upload.State.READY, Upload.State.LOADING, Upload.State.FAILED)
SECONDS = 3
"""After which a page of work going on is shown again."""


def loads(request: HttpRequest) -> HttpResponse:
    """Every load, the newest first, and files that wait."""
    sums = {f"sum_{name}": Sum(f"counts__{name}") for name in ("new", "changed", "withdrawn")}
    aside = Problem.objects.filter(batch=OuterRef("pk"), effect=SET_ASIDE).order_by().values("batch")
    counted = Subquery(aside.annotate(rows=Count("pk")).values("rows"))
    found = Batch.objects.select_related("loaded_by").annotate(**sums, sum_set_aside=counted)
    page = Paginator(found.order_by("-pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    waiting = Upload.objects.filter(state__in=OPEN_STATES).select_related("given_by")
    checks = Check.objects.defer("findings", "not_run").select_related("run_by")[:10]
    return render(request, "intake/loads.html", {"page": page, "waiting": waiting, "checks": checks})


def load_files(request: HttpRequest) -> HttpResponse:
    """Takes the files of one source."""
    is_given = request.method == "POST"
    form = FilesForm(*((request.POST, request.FILES) if is_given else ()), own=own_authority())
    if is_given and form.is_valid():
        try:
            upload = actions.give_files(**form.cleaned_data, by=person(request))
        except staging.NotStagedError as error:
            form.add_error("chosen", str(error))
        else:
            return redirect("upload", upload_pk=upload.pk)
    return render(request, "intake/load_files.html", {"form": form, "back": reverse("loads")})


def upload(request: HttpRequest, upload_pk: int) -> HttpResponse:
    """Files given: how far they are, what was recognised in them, and what a load would do."""
    found = _upload(upload_pk)
    return _shown(request, found, BeginForm(preview=found.preview or {}))


def _upload(key: int) -> Upload:
    return get_object_or_404(Upload.objects.select_related("batch", "given_by"), pk=key)


def _shown(request: HttpRequest, found: Upload, form: BeginForm) -> HttpResponse:
    is_busy = found.state in (Upload.State.READING, Upload.State.LOADING)
    is_stopped = is_busy and not running.is_at_work(found)
    said = {
        "upload": found,
        "preview": found.preview,
        "check": Check.objects.defer("findings", "not_run").filter(upload=found).first(),
        "progress": staging.told(found.folder) if is_busy else {},
        "is_busy": is_busy and not is_stopped,
        "is_stopped": is_stopped,
        "stopped": running.STOPPED,
        "form": form,
        "back": reverse("loads"),
    }
    answer = render(request, "intake/upload.html", said)
    if said["is_busy"]:
        answer.headers["Refresh"] = str(SECONDS)
    return answer


@require_POST
def upload_load(request: HttpRequest, upload_pk: int) -> HttpResponse:
    """Begins the load."""
    found = _upload(upload_pk)
    form = BeginForm(request.POST, preview=found.preview or {})
    if not form.is_valid():
        return _shown(request, found, form)
    try:
        actions.begin_load(upload=found, by=person(request), **form.cleaned_data)
    except LoadRefusedError as error:
        messages.error(request, str(error))
    return redirect("upload", upload_pk=upload_pk)


@require_POST
def upload_dropped(request: HttpRequest, upload_pk: int) -> HttpResponse:
    """Drops files that are not to be loaded."""
    try:
        actions.drop(upload=get_object_or_404(Upload, pk=upload_pk), by=person(request))
    except LoadRefusedError as error:
        messages.error(request, str(error))
        return redirect("upload", upload_pk=upload_pk)
    messages.success(request, "The files are removed, and nothing of them was loaded.")
    return redirect("loads")


def load(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """A load: what it did to each table, and how many problems it left."""
    batch = get_object_or_404(Batch.objects.select_related("loaded_by", "undone_by"), pk=batch_pk)
    said = {"batch": batch, "counts": batch.counts.all(), "totals": _totals(batch), "effects": _effects(batch)}
    return render(request, "intake/load.html", {**said, "back": reverse("loads")})


def _totals(batch: Batch) -> dict[str, int | None]:
    return batch.counts.aggregate(**{name: Sum(name) for name in TableCount.COUNTS})


def _effects(batch: Batch) -> dict[str, int]:
    found: dict[str, int] = {}
    for effect in batch.problems.order_by("effect").values_list("effect", flat=True):
        found[effect] = found.get(effect, 0) + 1
    return found


def undo_load(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """Asks, and undoes a load; where later work stands on it, says which."""
    batch = get_object_or_404(Batch, pk=batch_pk)
    standing: list[str] = []
    refused = ""
    if request.method == "POST":
        try:
            undo(batch, person(request))
        except LaterWorkError as error:
            refused, standing = str(error), list(error.standing)
        except LoadRefusedError as error:
            refused = str(error)
        else:
            messages.success(request, f"Load {batch.pk} is undone: each row is as it was before it.")
            return redirect("load", batch_pk=batch_pk)
    said = {"batch": batch, "totals": _totals(batch), "refused": refused, "standing": standing}
    return render(request, "intake/undo_load.html", {**said, "back": reverse("load", args=[batch_pk])})


def load_problems(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """The problems of a load: one by one, and by worker and team."""
    batch = get_object_or_404(Batch, pk=batch_pk)
    form, unknown = ProblemFilter(request.GET or None, effects=sorted(_effects(batch))), _unknown_to(request)
    found = _filtered(batch, form, unknown)
    rows = [(child, f"{file}: {problem}") for child, file, problem in found.values_list("child_id", "file", "problem")]
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(showing.problems(page, unknown))
    said = {
        "batch": batch,
        "form": form,
        "page": page,
        "shown": shown,
        "back": reverse("load", args=[batch_pk]),
        "query": request.GET.urlencode(),
    }
    told = queries.named(row.child_id for row in shown)
    audit.record_list(person(request), audit.READ, told, page="load_problems", details={"load": batch.pk})
    by = {f"{each}s": queries.shares(rows, each, unknown)[:ROWS_A_PAGE] for each in ("worker", "team")}
    return render(request, "intake/load_problems.html", {**said, **by})


def load_problems_file(request: HttpRequest, batch_pk: int) -> HttpResponse:
    """The same problems as a CSV file, by the same filter."""
    batch = get_object_or_404(Batch, pk=batch_pk)
    unknown = _unknown_to(request)
    found = _filtered(batch, ProblemFilter(request.GET or None, effects=sorted(_effects(batch))), unknown)
    rows = list(showing.problems(found, unknown))
    whose = queries.holders(row.child_id for row in rows if row.child_id)
    columns = ("file", "where", "column", "value", "ours", "child_id", "problem", "remedy", "effect")
    heading = ["file", "row", "column", "value", "value in Hearth", "child", "problem", "remedy", "what was done"]
    cells = (
        [*(getattr(row, c) for c in columns), holder.worker, holder.team]
        for row in rows
        for holder in [whose.get(row.child_id or "", queries.Holder("", ""))]
    )
    told = queries.named(row.child_id for row in rows)
    name = f"load-{batch.pk}-problems.csv"
    return csv_answer(person(request), "load_problems_file", name, [*heading, "worker", "team"], cells, children=told)


def _unknown_to(request: HttpRequest) -> frozenset[str]:
    """The identifiers of children of whom the reader may know nothing."""
    return queries.unknown_to(person(request))


def _filtered(batch: Batch, form: ProblemFilter, unknown: frozenset[str]) -> QuerySet[Problem]:
    """The problems asked for; what may not be shown of a child cannot be asked for either."""
    found = batch.problems.all()
    if not (form.is_bound and form.is_valid()):
        return found
    if effect := form.cleaned_data["effect"]:
        found = found.filter(effect=effect)
    if about := form.cleaned_data["about"].strip():
        named = {child for child in found.values_list("child_id", flat=True) if queries.is_unknown(child, unknown)}
        of_the_child = Q(problem__icontains=about) | Q(child_id__iexact=about)
        found = found.filter(Q(file__icontains=about) | (of_the_child & ~Q(child_id__in=named)))
    return found
