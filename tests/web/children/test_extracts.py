"""An extract of the chronology: chosen with reasons, locked for good, printed; what may not be seen is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions
from hearth.web.children.extracts.actions import begin_extract, choose
from hearth.web.children.extracts.reading import Document, document
from hearth.web.children.models import Extract, ExtractEntry
from hearth.web.children.reading.looking import Look

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
JAN, FEB = date(2026, 1, 12), date(2026, 2, 20)


@pytest.fixture(autouse=True)
def the_day(settings: Any) -> None:
    settings.HEARTH_TODAY = date(2026, 3, 31)


class Story:
    """Mia, her worker, two visits, and the pages of her extracts as the worker opens them."""

    def __init__(self, child: Any, worker: Any, client: Any) -> None:
        self.child, self.worker, self.client = child, worker, client
        seen = {"is_seen": True, "is_seen_alone": True}
        self.first, self.second = (
            actions.record_visit(child=child, by=worker, visited_on=on, child_views=views, **seen)
            for on, views in ((JAN, "You told me about the swimming"), (FEB, "You were sad"))
        )

    def url(self, page: str, extract: Extract | None = None) -> str:
        return reverse(page, args=[self.child.pk, *([extract.pk] if extract else [])])

    def begin(self, **facts: Any) -> Extract:
        answer = self.client.post(self.url("extract_begun"), {"title": "For court", "purpose": "court", **facts})
        assert answer.status_code == 302, answer.context["form"].errors
        return Extract.objects.latest("pk")

    def choose(self, extract: Extract, shown: list[str], take: dict[str, str], **query: str) -> Any:
        sent = {"shown": shown, "take": list(take), "done": "yes", **{f"why-{key}": why for key, why in take.items()}}
        return self.client.post(self.url("extract_chosen", extract), sent, query_params=query)

    def text(self, page: str, extract: Extract | None = None, **query: str) -> str:
        return " ".join(self.client.get(self.url(page, extract), query).content.decode().split())

    def lock(self, extract: Extract) -> str:
        answer = self.client.post(self.url("extract_locked", extract), follow=True)
        return " ".join(answer.content.decode().split())

    def locked(self, **facts: Any) -> Extract:
        extract, key = self.begin(**facts), f"visits.{self.first.pk}"
        self.choose(extract, [key], {key: "The first time you spoke of it"})
        self.lock(extract)
        extract.refresh_from_db()
        return extract


@pytest.fixture
def story(a_child: Build, a_user: Build, allocated: Build, placed: Build, signed_in: Build) -> Story:
    child, worker = a_child("Mia", "Jones"), a_user(name="Asha Khan")
    allocated(child, worker)
    placed(child)
    return Story(child, worker, signed_in(worker))


def test_entries_are_chosen_with_a_reason_and_stand_by_day(story: Story) -> None:
    extract = story.begin()
    first, second = (f"visits.{visit.pk}" for visit in (story.first, story.second))
    page = story.text("extract_chosen", extract, area="visits")
    assert page.index(f'value="{second}"') < page.index(f'value="{first}"'), "the latest first, to choose from"
    story.choose(extract, [first, second], {second: "You were not happy", first: "You were happy"})
    text = story.text("extract", extract)
    assert text.index("You were happy") < text.index("You were not happy"), "the oldest first, to read"
    assert "You told me about the swimming" in text
    assert "Draft" in text


@pytest.mark.parametrize(
    ("held", "shown", "take", "left"),
    [
        ("", "12", {"1": "a"}, {"1": "a"}),
        ("1", "12", {"1": "b", "2": ""}, {"1": "b", "2": ""}),
        ("12", "12", {"1": "a"}, {"1": "a"}),
        ("12", "1", {}, {"2": "a"}),
        ("1", "", {}, {"1": "a"}),
    ],
)
def test_only_what_the_page_showed_is_taken_in_or_out(
    story: Story, held: str, shown: str, take: dict[str, str], left: dict[str, str]
) -> None:
    keys = {"1": f"visits.{story.first.pk}", "2": f"visits.{story.second.pk}"}
    extract = story.begin()
    story.choose(extract, [keys[n] for n in held], {keys[n]: "a" for n in held})
    story.choose(extract, [keys[n] for n in shown], {keys[n]: why for n, why in take.items()})
    found = {entry.key: entry.why for entry in ExtractEntry.objects.filter(extract=extract)}
    assert found == {keys[n]: why for n, why in left.items()}


def test_a_reason_without_a_tick_is_not_lost(story: Story) -> None:
    extract, key = story.begin(), f"visits.{story.first.pk}"
    sent = {"shown": [key], f"why-{key}": "It matters"}
    story.client.post(story.url("extract_chosen", extract), sent)
    assert ExtractEntry.objects.get().why == "It matters"


def test_the_event_of_another_child_cannot_be_taken(story: Story, a_child: Build, visited: Build) -> None:
    other = visited(a_child(), FEB)
    extract = story.begin()
    story.choose(extract, [f"visits.{other.pk}"], {f"visits.{other.pk}": "x"})
    assert not ExtractEntry.objects.exists()


def test_what_is_unfinished_is_not_locked(story: Story) -> None:
    extract, key = story.begin(), f"visits.{story.first.pk}"
    assert "Choose at least one entry" in story.lock(extract)
    story.choose(extract, [key], {key: ""})
    assert "1 has no reason yet" in story.lock(extract)
    story.choose(extract, [key], {key: "It matters"})
    actions.withdraw(story.first, by=story.worker, why="Another child")
    assert "no longer in the record" in story.lock(extract)
    extract.refresh_from_db()
    assert not extract.is_locked


def test_a_locked_extract_keeps_the_words_as_they_stood(story: Story) -> None:
    extract = story.locked(note="Covers the winter")
    before = story.text("extract_printed", extract)
    assert "You told me about the swimming" in before
    assert "Covers the winter" in before
    assert "Locked by Asha Khan on" in before
    actions.correct(story.first, by=story.worker, why="Typing", child_views="You told me about the dancing")
    actions.withdraw(story.first, by=story.worker, why="Another child")
    after = story.text("extract_printed", extract)
    assert "swimming" in after
    assert "dancing" not in after


def test_nothing_changes_a_locked_extract(story: Story) -> None:
    extract, key = story.locked(), f"visits.{story.second.pk}"
    answer = story.choose(extract, [key], {key: "Too late"})
    assert answer.status_code == 302
    assert ExtractEntry.objects.filter(extract=extract).count() == 1
    assert "The extract is locked" in story.lock(extract)
    with pytest.raises(ValidationError, match="begin another that follows it"):
        choose(extract, by=story.worker, shown=[], taken={})
    dropped = story.client.post(story.url("extract_dropped", extract), follow=True).content.decode()
    assert "The extract is locked" in dropped


@pytest.mark.parametrize(
    "write",
    [
        lambda extract: Extract.everything.filter(pk=extract.pk).update(title="Another"),
        lambda extract: Extract.everything.filter(pk=extract.pk).update(locked_at=None),
        lambda extract: ExtractEntry.everything.filter(extract=extract).update(why="Another"),
        lambda extract: ExtractEntry.objects.create(child=extract.child, extract=extract, section="visits", row_id=1),
    ],
)
def test_the_database_itself_refuses_to_change_a_locked_extract(story: Story, write: Callable[..., Any]) -> None:
    extract = story.locked()
    with pytest.raises(DatabaseError, match="a locked extract never changes"), transaction.atomic():
        write(extract)


def test_a_later_extract_says_which_it_follows(story: Story, a_child: Build) -> None:
    draft = story.begin(title="Draft")
    earlier = story.locked(title="For the first hearing")
    others = begin_extract(child=a_child(), by=story.worker, title="Of another child", purpose="court")
    offered = story.client.get(story.url("extract_begun")).context["form"].fields["follows"].queryset
    assert list(offered) == [earlier]
    later = story.begin(title="For the final hearing", follows=str(earlier.pk))
    assert "For the first hearing" in story.text("extract", later)
    for wrong in (draft, others):
        sent = {"title": "x", "purpose": "court", "follows": str(wrong.pk)}
        assert story.client.post(story.url("extract_begun"), sent).status_code == 200


def test_a_draft_thrown_away_is_kept_withdrawn(story: Story) -> None:
    extract = story.begin()
    story.client.post(story.url("extract_dropped", extract))
    assert (Extract.objects.count(), Extract.everything.count()) == (0, 1)
    assert story.client.get(story.url("extract", extract)).status_code == 404


@pytest.mark.parametrize("is_locked", [True, False])
def test_entries_of_an_area_that_the_reader_may_not_open_are_left_out(story: Story, is_locked: bool) -> None:
    extract, key = story.locked() if is_locked else story.begin(), f"visits.{story.first.pk}"
    if not is_locked:
        story.choose(extract, [key], {key: "It matters"})
    reading = Look(story.child, story.worker, date(2026, 3, 31))
    assert len(document(reading, extract).lines) == 1
    without = Look(story.child, story.worker, date(2026, 3, 31))
    vars(without)["opens"] = reading.opens - {"child_visits"}
    assert document(without, extract) == Document([], 1)


def test_every_step_is_in_the_log(story: Story) -> None:
    extract = story.locked()
    story.text("extract_printed", extract)
    lines = AuditEvent.objects.filter(child_id=story.child.pk).values_list("what", flat=True)
    for what in (
        "extract of the chronology begun", "entries of an extract chosen", "extract of the chronology locked",
        "exported",
    ):  # fmt: skip
        assert what in lines


@pytest.mark.parametrize(
    ("words", "found"),
    [("swimming", True), ("SWIM told", True), ("swimming sad", False), ("visit", True), ("foster", False), ("", True)],
)
def test_the_chronology_is_narrowed_to_words(story: Story, words: str, found: bool) -> None:
    assert ("12 January 2026" in story.text("child_chronology", words=words, area="visits")) is found
