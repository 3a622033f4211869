"""Who the child is: person, disability, special needs, immigration, family."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, whole, yes_no
from hearth.tables.table import ChildTable


class People(ChildTable):
    """People: children in care and care leavers, one row each"""

    born_on = day("Date of birth; null when not known or unreadable")
    sex = code("sex", "Sex as registered: M, F, U")
    ethnicity = code("ethnicity", "Ethnic background")
    upn = text("Unique pupil number")
    upn_unknown = code("upn_unknown", "Why the pupil number is not known")
    is_mother = yes_no("Is a mother")
    first_child_born_on = day("Date of birth of the young person's first child")
    died_on = day("Date of death")
    has_ehc_plan = yes_no("Has an education, health and care plan, as a flag on the record")
    nationality = text("Nationality or country of origin")
    locality = text("Locality of the council that the child comes from")
    family_id = text("Family the child belongs to; siblings share it")


class Disabilities(ChildTable):
    """Disabilities: one row for each; code NONE says that there is none"""

    disability = code("disability", "Kind of disability", required=True)


class ImmigrationStatuses(ChildTable):
    """Immigration statuses other than unaccompanied: with leave to remain and applications for it"""

    status = text("Immigration status in the words of the source")
    started_on = day("From")
    ended_on = day("To")
    leave_expires_on = day("Leave to remain runs out")
    applied_on = day("Applied for leave, its extension or settled status")


class Unaccompanied(ChildTable):
    """Unaccompanied asylum-seeking children"""

    started_on = day("From; null when the source does not say")
    ended_on = day("Day the child ceased, or will cease, to be unaccompanied")


class SpecialNeeds(ChildTable):
    """Special educational needs: as identified"""

    need = code("special_need", "Kind of need")
    rank = whole("1 primary, 2 secondary")
    identified_on = day("Identified on")
    support = text("'support' for SEN support, 'plan' for an education, health and care plan")


class EhcRequests(ChildTable):
    """Requests for an education, health and care plan: with the decision"""

    request_id = text("Identifier of the request")
    requested_on = day("Request received")
    decided_on = day("Requester told whether there will be an assessment")
    outcome = text("Y assess, N no, A, W, H as the source says")
    assessed_on = day("Plan issued, or told there will be none")


class EhcPlans(ChildTable):
    """Education, health and care plans"""

    started_on = day("Plan began")
    ended_on = day("Plan ended")
    reviewed_on = day("Last annual review decision sent")


class PreviousPermanence(ChildTable):
    """Earlier permanence arrangements: of children who started to be looked after"""

    option = code("previous_permanence", "Kind of earlier arrangement")
    arranged_by = text("Authority that arranged it")
    ordered_on_text = text("Day of the order as given; unknown parts are zz")
