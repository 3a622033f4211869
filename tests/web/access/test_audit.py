"""The log is added to and never changed, whoever asks and however."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
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


def sql(statement: str) -> Callable[[AuditEvent], None]:
    """The change as written to the database past Django; ``{pk}`` is the line's key."""

    def change(line: AuditEvent) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(pk=line.pk))

    return change


def resaved(line: AuditEvent) -> None:
    line.why = "nothing"
    line.save()


def saved_together(line: AuditEvent) -> None:
    line.why = "nothing"
    AuditEvent.objects.bulk_update([line], ["why"])


def put_in_its_place(line: AuditEvent) -> None:
    other = AuditEvent(pk=line.pk, at=line.at, what="x", why="nothing")
    AuditEvent.objects.bulk_create([other], update_conflicts=True, unique_fields=["id"], update_fields=["why"])


COLUMNS = "(id, at, role, what, page, why, details) SELECT id, at, role, what, page, 'nothing', details"
LINE = "FROM access_auditevent WHERE id = {pk}"
CHANGES: dict[str, Callable[[AuditEvent], object]] = {
    "update of all": lambda _: AuditEvent.objects.update(why="nothing"),
    "update of one": lambda line: AuditEvent.objects.filter(pk=line.pk).update(why="nothing"),
    "update by an expression": lambda _: AuditEvent.objects.update(why=F("what")),
    "saved again": resaved,
    "saved together": saved_together,
    "another put in its place": put_in_its_place,
    "made or changed": lambda line: AuditEvent.objects.update_or_create(pk=line.pk, defaults={"why": "nothing"}),
    "delete of all": lambda _: AuditEvent.objects.all().delete(),
    "delete of one": lambda line: line.delete(),
    "delete past the models": lambda _: AuditEvent.objects.all()._raw_delete("default"),
    "SQL update": sql("UPDATE access_auditevent SET why = 'nothing'"),
    "SQL delete": sql("DELETE FROM access_auditevent WHERE id = {pk}"),
    "SQL insert or update": sql(
        f"INSERT INTO access_auditevent {COLUMNS} {LINE} ON CONFLICT (id) DO UPDATE SET why = 'nothing'"
    ),
}
ONLY_ON = {
    "sqlite": {
        "SQL insert or replace": sql(f"INSERT OR REPLACE INTO access_auditevent {COLUMNS} {LINE}"),
        "SQL replace": sql(f"REPLACE INTO access_auditevent {COLUMNS} {LINE}"),
        "SQL update or replace": sql("UPDATE OR REPLACE access_auditevent SET why = 'nothing'"),
    },
    "postgresql": {
        "SQL truncate": sql("TRUNCATE access_auditevent"),
        "SQL truncate of what it points to": sql("TRUNCATE access_user CASCADE"),
        "SQL update through another": sql(
            "WITH changed AS (UPDATE access_auditevent SET why = 'nothing' RETURNING id) SELECT id FROM changed"
        ),
        "SQL merge": sql(
            "MERGE INTO access_auditevent line USING (SELECT {pk} AS id) one ON line.id = one.id "
            "WHEN MATCHED THEN UPDATE SET why = 'nothing'"
        ),
    },
}
HERE = {**CHANGES, **ONLY_ON[connection.vendor]}


@pytest.mark.parametrize("change", HERE.values(), ids=HERE)
def test_no_line_is_changed_or_removed(a_user, change):
    audit.record(a_user(), audit.READ, why="visit")
    line = AuditEvent.objects.get()
    connection.check_constraints()  # what PostgreSQL puts off to the end of a transaction is done
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        change(line)
    assert AuditEvent.objects.get().why == "visit"


def test_lines_are_added_one_by_one_and_together(a_user, a_child):
    user = a_user()
    audit.record(user, audit.READ)
    audit.record_list(user, audit.EXPORTED, [a_child(), a_child()])
    assert AuditEvent.objects.count() == 2


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")
def test_no_other_list_is_put_in_the_place_of_one_with_the_same_children(a_user, a_child):
    audit.record_list(a_user(), audit.READ, [a_child()])
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute("REPLACE INTO access_listing (digest) SELECT digest FROM access_listing")


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
