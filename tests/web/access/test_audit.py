"""The log is added to and never changed, whoever asks and however."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hearth.web.access import audit
from hearth.web.access.append_only import GUARDED
from hearth.web.access.models import AuditEvent, Listing


def test_a_line_says_who_in_which_post_what_and_why(a_user):
    manager = a_user(role="team_manager", team="East")
    audit.record(manager, "record opened in an emergency", page="child", why="Found by the police at night")
    line = AuditEvent.objects.get()
    assert (line.user, line.role, line.post.team.name) == (manager, "team_manager", "East")
    assert (line.what, line.page, line.why) == (
        "record opened in an emergency",
        "child",
        "Found by the police at night",
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEvent.objects.update(why="nothing"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.get().delete(),
        lambda: connection.cursor().execute("UPDATE access_auditevent SET why = 'nothing'"),
        lambda: connection.cursor().execute("DELETE FROM access_auditevent"),
    ],
)
def test_no_line_is_changed_or_removed(a_user, change):
    audit.record(a_user(), audit.READ, why="visit")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        change()
    assert AuditEvent.objects.get().why == "visit"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_test_database_can_still_be_emptied_between_tests(a_user, turn):
    assert not AuditEvent.objects.exists()
    audit.record(a_user(), audit.READ)
    with pytest.raises(DatabaseError, match="only ever added to"):
        AuditEvent.objects.all().delete()


def test_a_list_is_one_line_that_stands_in_the_log_of_each_child_it_showed(a_user, a_child):
    worker, mia, leo, ada = a_user(), a_child(), a_child(), a_child()
    audit.record_list(worker, audit.READ, [mia, leo, mia], page="my_work")
    audit.record_list(worker, audit.READ, [leo, mia], page="my_work")
    audit.record_list(worker, audit.EXPORTED, [leo, ada], page="my_work_export")
    audit.record_list(worker, audit.READ, [], page="my_work")
    audit.record(worker, audit.READ, mia, page="child")
    assert AuditEvent.objects.count() == 5
    found = {
        child: sorted((line.what, line.page) for line in AuditEvent.objects.about(child.pk))
        for child in (mia, leo, ada)
    }
    in_list, in_file = ("read", "my_work"), ("exported", "my_work_export")
    assert found == {mia: [("read", "child"), in_list, in_list], leo: [in_file, in_list, in_list], ada: [in_file]}
    assert [line.details.get("children") for line in AuditEvent.objects.order_by("pk")] == [2, 2, 2, 0, None]
    assert Listing.objects.count() == 2, "the same set of children is kept once"


@pytest.mark.parametrize("table", GUARDED[1:])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id + 9", "DELETE FROM {}"])
def test_whom_a_list_showed_is_not_changed_or_removed(a_user, a_child, table, act):
    audit.record_list(a_user(), audit.READ, [a_child()])
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(act.format(table))


def test_showing_a_list_again_costs_two_questions_whatever_its_length(a_user, a_child, django_assert_num_queries):
    worker, children = a_user(), [a_child() for _ in range(40)]
    audit.record_list(worker, audit.READ, children)
    with django_assert_num_queries(2):
        audit.record_list(worker, audit.READ, children)


def test_who_has_looked_shows_lists_and_files_too(a_user, a_child, allocated, signed_in):
    worker, manager, mia = a_user(name="Bo Reed"), a_user(role="team_manager"), a_child("Mia", "Jones")
    allocated(mia, worker)
    assert "Mia Jones" in signed_in(worker).get("/search?q=mia+jones").content.decode()
    words = signed_in(manager).get(reverse("who_has_looked", args=[mia.pk])).content.decode()
    assert "Bo Reed" in words
    assert "Searched: Find a child by name or identifier or date of birth (in a list of 1 child)" in words
