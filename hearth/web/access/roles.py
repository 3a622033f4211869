"""The roles in which people work here, in the field's words."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """The role of a post; the policy gives each its reach on each page."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    PERSONAL_ADVISER = "personal_adviser", "Personal adviser"
    REVIEWING_OFFICER = "reviewing_officer", "Reviewing officer"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    VIRTUAL_SCHOOL = "virtual_school", "Virtual school"
    HEALTH = "health", "Health"
    PLACEMENTS = "placements", "Placements and commissioning"
    SUPERVISING_SOCIAL_WORKER = "supervising_social_worker", "Supervising social worker"
    PARTICIPATION = "participation", "Participation"
    ANALYST = "analyst", "Analyst"
    BOARD_MEMBER = "board_member", "Board member"
    ADMINISTRATOR = "administrator", "Administrator"
