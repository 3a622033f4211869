"""Pages about who may open a record beyond the usual, and who has."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.web.access import audit
from hearth.web.access.models import AuditEvent, EmergencyOpening, Restriction
from hearth.web.access.policy import pages
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children.models import Child
from hearth.web.children.opening import actions, telling
from hearth.web.children.opening.forms import EmergencyForm, FindingForm, LiftForm, RestrictionForm
from hearth.web.children.queries import child_for, may
from hearth.web.children.sheets.typed import whole

LINES_A_PAGE = 50


def who_has_looked(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Every reading and writing of the child's record: who, in which role, when, what, why."""
    child = child_for(request, child_pk)
    lines = AuditEvent.objects.about(child.pk).select_related("user", "post__team")
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    said = [(line, pages()[line.page].what if line.page in pages() else "") for line in page]
    return render(request, "opening/who_has_looked.html", {"child": child, "page": page, "lines": said})


def restriction(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Restricts the record to people named, or changes who they are."""
    child = child_for(request, child_pk)
    standing_one = Restriction.objects.standing().filter(child=child).first()
    form = RestrictionForm(request.POST or None, initial=_as_it_is(standing_one))
    if form.is_valid():
        try:
            actions.restrict(child=child, by=person(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("people", refused)
        else:
            messages.success(request, "The record is restricted to the people you named.")
            return redirect("home")
    said = {"child": child, "form": form, "restriction": standing_one, "lift": LiftForm(prefix="lift")}
    said["is_open"] = may(person(request), "child", child)  # else the restriction may be ended, and no more be known
    return render(request, "opening/restriction.html", said)


def _as_it_is(found: Restriction | None) -> dict[str, object]:
    if found is None:
        return {}
    in_emergency = found.may_be_opened_in_emergency
    return {"why": found.why, "people": found.people.all(), "may_be_opened_in_emergency": in_emergency}


@require_POST
def restriction_lifted(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Ends the restriction."""
    child = child_for(request, child_pk)
    form = LiftForm(request.POST, prefix="lift")
    if form.is_valid():
        actions.lift(child=child, by=person(request), why=form.cleaned_data["why"])
        messages.success(request, "The record is no longer restricted.")
    else:
        messages.error(request, "Nothing was changed: say in a sentence why the record is no longer restricted.")
    return redirect("restriction", child_pk=child.pk)


def emergency(request: HttpRequest) -> HttpResponse:
    """Opens a record in an emergency; the child may be given by the page that refused."""
    form = EmergencyForm(request.POST or None, initial=_named(request))
    if form.is_valid():
        child, why = form.cleaned_data["child"], form.cleaned_data["why"]
        try:
            actions.open_in_emergency(child=child, by=person(request), why=why)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The record is open to you for {actions.minutes()} minutes.")
            return redirect("child", child_pk=child.pk)
    own = EmergencyOpening.objects.open_at(timezone.now()).filter(user=person(request)).select_related("child")
    said = {"form": form, "minutes": actions.minutes(), "openings": own, "back": reverse("home")}
    return render(request, "opening/emergency.html", said)


def _named(request: HttpRequest) -> dict[str, str]:
    """The identifier of a child whose name the person may see, so that it need not be typed."""
    key = whole(request.GET.get("child"))
    if key is None:
        return {}
    found = Child.objects.name_only_to(person(request), "child").filter(pk=key).first()
    return {"child_id": found.child_id} if found else {}


@require_POST
def emergency_ended(request: HttpRequest, opening_pk: int) -> HttpResponse:
    """Ends one's own opening early."""
    opening = get_object_or_404(EmergencyOpening, pk=opening_pk, user=person(request))
    actions.end_emergency(opening=opening, by=person(request))
    messages.success(request, "The record is closed to you again.")
    return redirect("emergency")


def emergencies(request: HttpRequest) -> HttpResponse:
    """The openings by the people whom the manager answers for: those not yet looked at first."""
    found = telling.to_look_at(standing(person(request)))
    waiting, looked_at = found.filter(looked_at_at=None), found.exclude(looked_at_at=None)
    said = {"waiting": waiting, "page": Paginator(looked_at, LINES_A_PAGE).get_page(request.GET.get("page"))}
    return render(request, "opening/emergencies.html", said)


def emergency_looked_at(request: HttpRequest, opening_pk: int) -> HttpResponse:
    """What was read in an emergency, and the manager's finding."""
    opening = get_object_or_404(telling.to_look_at(standing(person(request))), pk=opening_pk)
    form = FindingForm(request.POST or None, initial={"finding": opening.finding})
    if form.is_valid():
        actions.look_at_emergency(opening=opening, by=person(request), finding=form.cleaned_data["finding"])
        messages.success(request, "Your finding is kept with the opening.")
        return redirect("emergencies")
    lines = AuditEvent.objects.about(opening.child_id)
    read = lines.filter(user=opening.user, at__gte=opening.opened_at, at__lte=opening.ends_at)
    said = {"opening": opening, "form": form, "lines": list(read), "back": reverse("emergencies")}
    audit.record(person(request), audit.READ, opening.child, page="emergency_looked_at")
    return render(request, "opening/emergency_looked_at.html", said)
