"""The log is added to and never changed, whoever asks and however."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.web.access import audit
from hearth.web.access.models import AuditEvent


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
