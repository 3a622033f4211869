"""Access that ends while a page is open: what is asked next is refused, nothing is written, the typing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.web.access.models import EmergencyOpening, Restriction
from hearth.web.children.models import Allocation, Draft, Visit
from hearth.web.children.opening.actions import end_emergency, restrict
from tests.web.sheets.opened import Opened

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 3, 31), date(2026, 4, 1)
WORDS = "You told me about your dog"
End = Callable[[], object]
"""What ends the access, done once the page is open."""
SIGN_IN, REFUSED, NOT_THERE = "sign in", 403, 404


class Scene:
    """A worker with a child, a browser in which a form about the child is open, and the manager and administrator."""

    def __init__(self, a_user: Any, a_child: Any, allocated: Any, signed_in: Any, settings: Any) -> None:
        settings.HEARTH_TODAY = TODAY
        self.settings, self.worker = settings, a_user(name="Asha Khan")
        self.manager, self.administrator = a_user(role="team_manager"), a_user(role="administrator")
        self.child = a_child("Mia", "Jones")
        self.desk, self.office = signed_in(self.worker), signed_in(self.administrator)
        self.allocated = allocated

    def hold(self) -> None:
        self.allocated(self.child, self.worker)

    def open(self) -> Opened:
        """The form, filled in; everything about the child opens before."""
        page = Opened(self.desk, reverse("record_visit", args=[self.child.pk]))
        assert page.answer.status_code == 200
        assert "Mia" in self.desk.get(reverse("search"), {"q": "Mia Jones"}).content.decode()
        return page.fill(visited_on=TODAY, is_seen=True, is_seen_alone=True, child_views=WORDS)


def its_last_day_is_over(at: Scene) -> End:
    at.hold()
    at.worker.posts.update(ended_on=TODAY)
    return lambda: setattr(at.settings, "HEARTH_TODAY", TOMORROW)


def an_administrator_ends_the_post(at: Scene) -> End:
    at.hold()
    page, said = reverse("post_ended", args=[at.worker.posts.get().pk]), ("30", "3", "2026")
    days = dict(zip(("ended_on_day", "ended_on_month", "ended_on_year"), said, strict=True))
    return lambda: at.office.post(page, days)


def an_administrator_shuts_the_person_out(at: Scene) -> End:
    at.hold()
    page = reverse("person_let_in", args=[at.worker.pk])
    return lambda: at.office.post(page, {"may": "no"})


def the_allocation_ends(at: Scene) -> End:
    at.hold()
    return lambda: Allocation.objects.update(ended_on=TODAY - timedelta(days=1), team=None)


def the_record_is_restricted(at: Scene) -> End:
    at.hold()
    why = "Related to a member of staff"
    return lambda: restrict(child=at.child, by=at.manager, why=why, people=[at.manager])


def an_emergency(at: Scene) -> EmergencyOpening:
    later = timezone.now() + timedelta(minutes=60)
    return EmergencyOpening.objects.create(user=at.worker, child=at.child, why="The police rang", ends_at=later)


def the_hour_of_an_emergency_is_over(at: Scene) -> End:
    opening, past = an_emergency(at), timezone.now() - timedelta(hours=2)
    end = {"opened_at": past, "ends_at": past + timedelta(minutes=60)}
    return lambda: EmergencyOpening.objects.filter(pk=opening.pk).update(**end)


def an_emergency_is_ended_early(at: Scene) -> End:
    opening = an_emergency(at)
    return lambda: end_emergency(opening=opening, by=at.worker)


def a_record_opened_in_an_emergency_and_restricted_is_shut_when_it_ends(at: Scene) -> End:
    at.hold()
    Restriction.objects.create(child=at.child, begun_by=at.manager, why="x").people.add(at.manager)
    return an_emergency_is_ended_early(at)


CASES: list[tuple[Callable[[Scene], End], object]] = [
    (its_last_day_is_over, REFUSED),
    (an_administrator_ends_the_post, REFUSED),
    (an_administrator_shuts_the_person_out, SIGN_IN),
    (the_allocation_ends, NOT_THERE),
    (the_record_is_restricted, REFUSED),
    (the_hour_of_an_emergency_is_over, NOT_THERE),
    (an_emergency_is_ended_early, NOT_THERE),
    (a_record_opened_in_an_emergency_and_restricted_is_shut_when_it_ends, REFUSED),
]
BOTH = pytest.mark.parametrize(("happens", "answered"), CASES, ids=[case[0].__name__ for case in CASES])


@pytest.fixture
def at(a_user: Any, a_child: Any, allocated: Any, signed_in: Any, settings: Any) -> Scene:
    return Scene(a_user, a_child, allocated, signed_in, settings)


def answered_by(response: Any) -> object:
    is_sent_away = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
    return SIGN_IN if is_sent_away else response.status_code


@BOTH
def test_the_next_page_is_refused_at_once(at: Scene, happens: Callable[[Scene], End], answered: object) -> None:
    end = happens(at)
    at.open()
    end()
    for page in ("child", "child_chronology", "record_visit", "child_print", "confidential_address"):
        key = [at.child.pk, 1] if page == "confidential_address" else [at.child.pk]
        assert answered_by(at.desk.get(reverse(page, args=key))) == answered, page


@BOTH
def test_what_the_open_page_sends_is_not_recorded_and_the_typing_is_kept(
    at: Scene, happens: Callable[[Scene], End], answered: object
) -> None:
    end = happens(at)
    page = at.open()
    end()
    for button in ("draft", "record"):
        page.send(button)
    assert Visit.objects.count() == 0
    assert [draft.typed["child_views"] for draft in Draft.objects.unfinished()] == [[WORDS]]
    assert answered_by(at.desk.get(page.path)) == answered


@BOTH
def test_no_list_and_no_file_shows_the_record_any_more(
    at: Scene, happens: Callable[[Scene], End], answered: object
) -> None:
    end, link = happens(at), f"/child/{at.child.pk}"
    at.open().send("draft")
    work, file = reverse("my_work"), reverse("my_work_export", args=["csv"])
    assert link in at.desk.get(work).content.decode()
    end()
    for address in (work, file, f"{reverse('search')}?q=Mia+Jones"):
        said = at.desk.get(address).content.decode()
        assert at.child.child_id not in said, address
        assert WORDS not in said, address
        assert link not in said or "Restricted record" in said, address
