"""What may be done about people and their access: each act in one transaction with one line in the log."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from hearth.web.access import audit
from hearth.web.access.models import User


@transaction.atomic
def sign_out_everywhere(*, by: User, person: User | None = None) -> None:
    """Ends every session of the person, the one who asks where no other is named."""
    whom = person or by
    User.objects.filter(pk=whom.pk).update(sessions_ended=F("sessions_ended") + 1)
    audit.record(by, "signed out everywhere", page="sign_out_everywhere", details={"person": whom.pk})
