"""Questions asked only after an answer, and those folded away, in the page as it comes without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.children.models import Visit
from hearth.web.children.sheets.addresses import known
from hearth.web.design.fields import Radios
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
FORMS = [(kind, form) for kind in known() for form in dict.fromkeys((kind.form, kind.corrected_by or kind.form))]


def test_what_is_asked_only_after_an_answer_stands_under_that_answer(desk: Build) -> None:
    child, _, client = desk()
    html = Opened(client, reverse("record_visit", args=[child.pk])).html
    yes, no = html.index('id="id_is_seen_0"'), html.index('id="id_is_seen_1"')
    assert yes < html.index('id="id_is_seen_0_asks"') < html.index('name="is_seen_alone"') < no
    assert no < html.index('id="id_is_seen_1_asks"') < html.index('name="why_not_seen"')
    assert "Why was the child not seen?</label>" in html, "what is needed is not called optional"


@pytest.mark.parametrize(
    ("answers", "is_taken"),
    [
        ({"is_seen": True, "is_seen_alone": True}, True),
        ({"is_seen": True, "is_seen_alone": True, "why_not_seen": "Out"}, False),
        ({"is_seen": False, "why_not_seen": "Out"}, True),
        ({"is_seen": False, "why_not_seen": "Out", "is_seen_alone": False}, True),
        ({"is_seen": False, "why_not_seen": "Out", "reason_not_alone": "Small flat"}, False),
        ({"is_seen": True, "is_seen_alone": False, "reason_not_alone": "Small flat"}, True),
    ],
)
def test_an_answer_to_what_is_not_asked_is_told_and_not_kept(
    desk: Build, answers: dict[str, Any], is_taken: bool
) -> None:
    child, _, client = desk()
    answer = Opened(client, reverse("record_visit", args=[child.pk])).fill(visited_on=DAY, **answers).send()
    assert (answer.is_done, bool(answer.errors), Visit.objects.count()) == (is_taken, not is_taken, int(is_taken))


@pytest.mark.parametrize(("kind", "form"), FORMS, ids=lambda given: getattr(given, "code", None) or given.__name__)
def test_conditions_and_folds_name_questions_of_the_form(kind: Any, form: Any) -> None:
    asked = form(subject=None).fields
    for name, on in form.only_if.items():
        assert name in form.base_fields and on.question in form.base_fields
        assert isinstance(asked[on.question].widget, Radios) or name not in asked
        assert on.answer in {str(value) for value, _ in asked[on.question].choices}
        assert (name in (kind.per_child or ())) == (on.question in (kind.per_child or ())), "both shared or both apart"
    folded = [name for names in form.folds.values() for name in names]
    assert set(folded) <= set(form.base_fields) and len(folded) == len(set(folded))
    assert not [name for name in folded if asked[name].required], "what is needed is not folded away"


def test_what_is_folded_away_stands_open_when_it_says_something(desk: Build, placed: Build) -> None:
    child, _, client = desk()
    placed(child, placement_postcode="B1 1AA")
    page = Opened(client, reverse("record_move", args=[child.pk]))
    assert '<details class="govuk-details hearth-fold" open>' not in page.html
    wrong = page.fill(placement_postcode="B1 1AA").send()
    assert wrong.errors and wrong.html.count('<details class="govuk-details hearth-fold" open>') == 1


def test_only_the_first_day_has_an_example_and_is_offered_today(desk: Build) -> None:
    child, _, client = desk()
    html = Opened(client, reverse("record_suspension", args=[child.pk])).html
    assert (html.count("For example, 27 3 2026"), html.count("data-quick")) == (1, 1)
