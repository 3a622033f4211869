"""Files of another council, or that do not say whose they are, are not loaded beside our children unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from hearth.cli.loading import load
from hearth.returns import hearth_tables
from hearth.tables.record import Record
from hearth.web.access.models import User
from hearth.web.children.models import Child, Episode
from hearth.web.config import environment
from hearth.web.intake import whose
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.intake.models import Upload
from tests.web.intake.sources import AUTHORITY, a_source, loaded, on
from tests.web.intake.test_pages import a_return, given, page

pytestmark = pytest.mark.django_db
ELSEWHERE = "E06000018"
NORFOLK, NOTTINGHAM = "Norfolk (E10000020)", "Nottingham (E06000018)"
IN_NORFOLK, IN_NOTTINGHAM = "NR2 1NH", "NG1 1AA"


def a_record(authority: str, home: str | None = None) -> Record:
    """One child of the authority, whose home has the postcode."""
    child = {"authority": authority, "child_id": "C9"}
    return a_source(people=[child], episodes=[{**child, "started_on": on("2025-05-01"), "home_postcode": home}])


@pytest.mark.parametrize(
    ("own", "record", "said"),
    [
        ("", a_record(ELSEWHERE), ""),
        (AUTHORITY, a_record(AUTHORITY), ""),
        (AUTHORITY, a_record(AUTHORITY, IN_NORFOLK), ""),
        (
            AUTHORITY,
            a_record(ELSEWHERE),
            f"taken to be of {NOTTINGHAM}, and this record is of {NORFOLK}",
        ),
        (AUTHORITY, a_record("unknown"), "do not say whose they are: give E10000020"),
        ("unknown", a_record("unknown", IN_NOTTINGHAM), ""),
        (
            AUTHORITY,
            a_record(AUTHORITY, IN_NOTTINGHAM),
            f"Most home postcodes in the files lie in {NOTTINGHAM}",
        ),
    ],
)
def test_what_speaks_for_files_being_anothers(settings: Any, own: str, record: Record, said: str) -> None:
    settings.HEARTH_AUTHORITY = own
    found = whose.doubt(record)
    assert said in found
    assert bool(said) == bool(found)


def test_the_first_child_on_the_record_tells_whose_it_is_where_it_is_not_set() -> None:
    loaded(a_record(AUTHORITY))
    with pytest.raises(LoadRefusedError, match=r"taken to be of Nottingham \(E06000018\)"):
        loaded(a_record(ELSEWHERE))
    assert Child.objects.count() == 1
    loaded(a_record(ELSEWHERE), of_others=True)
    assert Child.objects.count() == 2


def test_identifiers_that_lost_their_zeros_are_not_loaded_as_other_children(settings: Any) -> None:
    settings.HEARTH_AUTHORITY = AUTHORITY
    ours = [{"authority": AUTHORITY, "child_id": child} for child in ("0027", "31")]
    loaded(a_source(people=ours))
    spoiled = a_source(people=[{**ours[0], "child_id": child} for child in ("27", "31", "44")])
    with pytest.raises(LoadRefusedError, match=r"1 of .*27 in the files, 0027 here.*identifiers as text"):
        loaded(spoiled)
    assert sorted(Child.objects.values_list("child_id", flat=True)) == ["0027", "31"]
    loaded(a_source(people=[{**ours[0], "child_id": "44"}]))
    loaded(spoiled, of_others=True)
    assert Child.objects.count() == 4


TWO = (
    {"authority": AUTHORITY, "child_id": "1", "born_on": on("2012-01-01"), "sex": "F", "upn": "A1"},
    {"authority": AUTHORITY, "child_id": "2", "born_on": on("2014-02-02"), "sex": "F", "upn": "B2"},
)


@pytest.mark.parametrize(
    ("first", "second", "is_doubted"),
    [
        ({"child_id": "2"}, {"child_id": "1"}, True),
        ({"born_on": on("2012-01-02"), "sex": "M"}, {}, False),
        ({"born_on": on("2012-01-02")}, {"born_on": on("2014-02-03")}, False),
        ({"born_on": on("2012-01-02"), "upn": None}, {"born_on": on("2014-02-03"), "sex": None}, False),
        ({"born_on": on("2012-01-02"), "sex": "M"}, {"born_on": on("2014-02-03"), "upn": "C3"}, True),
    ],
)
def test_identifiers_beside_other_children_are_doubted(
    settings: Any, first: dict[str, Any], second: dict[str, Any], is_doubted: bool
) -> None:
    settings.HEARTH_AUTHORITY = AUTHORITY
    loaded(a_source(people=TWO))
    source = a_source(people=[TWO[0] | first, TWO[1] | second])
    if not is_doubted:
        assert loaded(source).pk
        return
    with pytest.raises(LoadRefusedError, match=r"2 children have another date of birth .*1 and 2 among them"):
        loaded(source)
    assert Child.objects.get(child_id="1").upn == "A1"


def test_a_council_that_was_given_a_new_code_may_set_either(settings: Any) -> None:
    for code in ("E08000016", "E08000038"):
        settings.HEARTH_AUTHORITY = code
        assert whose.doubt(a_record("E08000016")) == ""


def test_the_command_says_so_and_loads_only_when_told(tmp_path: Path, settings: Any) -> None:
    settings.HEARTH_AUTHORITY = ELSEWHERE
    hearth_tables.write(a_record(AUTHORITY), tmp_path / "extract")
    looked, refused = (CliRunner().invoke(load, [str(tmp_path / "extract"), each]) for each in ("--preview", "--yes"))
    assert (looked.exit_code, refused.exit_code) == (0, 1)
    assert all("say --of-others" in each.output for each in (looked, refused))
    assert not Child.objects.exists()
    assert CliRunner().invoke(load, [str(tmp_path / "extract"), "--yes", "--of-others"]).exit_code == 0
    assert Child.objects.get().authority == AUTHORITY


def test_on_the_page_it_is_asked_before_the_load(
    a_user: Callable[..., User], signed_in: Callable[[User], Client], settings: Any
) -> None:
    settings.HEARTH_AUTHORITY = AUTHORITY
    analyst = signed_in(a_user(role="analyst"))
    assert f'value="{AUTHORITY}"' in page(analyst, "load_files")
    upload = given(analyst, a_return(), authority=AUTHORITY)
    assert f"Most home postcodes in the files lie in {NOTTINGHAM}" in page(analyst, "upload", upload.pk)
    begin = reverse("upload_load", args=[upload.pk])
    answer = analyst.post(begin)
    assert answer.status_code == 200
    assert "Tick the box: I know whose files these are: load them all the same" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.state == Upload.State.READY and not Episode.objects.exists()
    assert analyst.post(begin, {"of_others": "on"}).status_code == 302
    assert Episode.objects.get().child.authority == AUTHORITY


def test_a_code_that_is_none_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTH_AUTHORITY", "Norfolk")
    with pytest.raises(ImproperlyConfigured, match="write the council's ONS code, such as E10000020"):
        environment.authority()
    monkeypatch.setenv("HEARTH_AUTHORITY", "e10000020")
    assert environment.authority() == "E10000020"


def test_the_page_says_whose_record_this_is(settings: Any, a_user: Callable[..., User], client: Client) -> None:
    settings.HEARTH_AUTHORITY = AUTHORITY
    client.force_login(a_user(role="analyst"))
    assert f"This record is of {NORFOLK}" in client.get(reverse("load_files")).content.decode()
