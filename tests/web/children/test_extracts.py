"""An extract of the chronology: chosen, locked for good, printed, made a file; what may not be seen is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordDocument
from pypdf import PdfReader

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions
from hearth.web.children.extracts.actions import begin_extract, choose
from hearth.web.children.extracts.reading import Document, document
from hearth.web.children.models import Extract, ExtractEntry, ExtractFile
from hearth.web.children.reading.looking import Look
from hearth.web.design.words import day

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


COURT = {"for_whom": "Bradford Family Court", "why": "Directions of 3 March", "kind": "pdf"}


def words_of(answer: Any) -> str:
    """The words of a file, of each page of a PDF."""
    if answer["Content-Type"] == "application/pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages)
    made = WordDocument(BytesIO(answer.content))
    section = made.sections[0]
    lines = [line.text for part in (section.header, made, section.footer) for line in part.paragraphs]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*lines, *cells]).split())


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_says_about_whom_by_whom_for_whom_and_why(story: Story, kind: str) -> None:
    extract = story.locked(note="Covers the winter")
    answer = story.client.post(story.url("extract_file", extract), {**COURT, "kind": kind})
    name = f"{story.child.child_id} For court.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    words, today = words_of(answer), day(timezone.localdate())
    for said in (
        f"Mia Jones, {story.child.child_id}",
        f"Made by Asha Khan on {today} for Bradford Family Court: Directions of 3 March",
        "Covers the winter", "12 January 2026", "You told me about the swimming", "The first time you spoke of it",
    ):  # fmt: skip
        assert said in words
    assert "Draft" not in words
    row = ExtractFile.objects.get()
    assert (row.kind, row.for_whom, row.why, row.recorded_by) == (
        kind, "Bradford Family Court", "Directions of 3 March", story.worker,
    )  # fmt: skip
    log = AuditEvent.objects.get(child_id=story.child.pk, what="extract made into a file")
    assert (log.user, log.why) == (story.worker, "For Bradford Family Court: Directions of 3 March")
    page = story.text("extract", extract)
    assert "<td>Bradford Family Court</td><td>Directions of 3 March</td><td>Asha Khan</td>" in page


def test_a_confidential_address_is_in_no_file(story: Story) -> None:
    said = {"kind": "lives", "lines": "1 Safe Street", "postcode": "BD1 1HY", "started_on": JAN, "is_withheld": True}
    address = actions.record_address(child=story.child, by=story.worker, **said)
    extract, key = story.begin(), f"addresses.{address.pk}"
    story.choose(extract, [key], {key: "You moved"})
    story.lock(extract)
    for kind in ("pdf", "docx"):
        words = words_of(story.client.post(story.url("extract_file", extract), {**COURT, "kind": kind}))
        assert "You moved" in words
        assert "Confidential" in words
        assert "Safe Street" not in words
        assert "BD1 1HY" not in words


def test_a_locked_extract_makes_the_same_words_after_the_record_changed(story: Story) -> None:
    extract = story.locked()
    actions.correct(story.first, by=story.worker, why="Typing", child_views="You told me about the dancing")
    words = words_of(story.client.post(story.url("extract_file", extract), COURT))
    assert "swimming" in words
    assert "dancing" not in words


def test_the_file_of_a_draft_says_that_it_is_one(story: Story) -> None:
    extract, key = story.begin(), f"visits.{story.first.pk}"
    story.choose(extract, [key], {key: ""})
    words = words_of(story.client.post(story.url("extract_file", extract), COURT))
    assert "Draft, may still change. Confidential" in words
    assert "No reason yet" in words


@pytest.mark.parametrize("missing", ["for_whom", "why", "kind"])
def test_no_file_without_for_whom_and_why(story: Story, missing: str) -> None:
    extract = story.locked()
    answer = story.client.post(story.url("extract_file", extract), {**COURT, missing: ""})
    assert answer["Content-Type"].startswith("text/html")
    assert set(answer.context["form"].errors) == {missing}
    assert not ExtractFile.objects.exists()


def test_no_file_of_nothing(story: Story) -> None:
    answer = story.client.post(story.url("extract_file", story.begin()), COURT, follow=True)
    assert "Choose at least one entry before you make a file" in answer.content.decode()
    assert not ExtractFile.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("health", 403), ("virtual_school", 403), ("analyst", 403), ("social_worker", 404)]
)
def test_a_file_is_for_those_who_may_print_the_extract(
    story: Story, a_user: Build, signed_in: Build, role: str, status: int
) -> None:
    extract = story.locked()
    answer = signed_in(a_user(role=role)).post(story.url("extract_file", extract), COURT)
    assert answer.status_code == status
    assert not ExtractFile.objects.exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [("swimming", True), ("SWIM told", True), ("swimming sad", False), ("visit", True), ("foster", False), ("", True)],
)
def test_the_chronology_is_narrowed_to_words(story: Story, words: str, found: bool) -> None:
    assert ("12 January 2026" in story.text("child_chronology", words=words, area="visits")) is found
