"""People who sign in with their teams and posts; the log; restricted records and emergency openings."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hearth.web.access.roles import Role


class People(BaseUserManager["User"]):
    """The people, found by e-mail address whatever its capitals."""

    def create_user(self, email: str, name: str = "", **details: object) -> User:
        """A new person who signs in by code, passkey or the council's own sign-in; there are no passwords."""
        user = self.model(email=email.strip().lower(), name=name, **details)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person of the e-mail address."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person who may sign in. What they may see follows from their posts and allocations, not from this row."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=200)
    worker_id = models.CharField("identifier in the record", max_length=100, unique=True, null=True, blank=True)
    registration = models.CharField("Social Work England number", max_length=100, blank=True, default="")
    is_active = models.BooleanField("may sign in", default=True)
    is_made_up = models.BooleanField("a made-up person of the demonstration", default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    sessions_ended = models.PositiveIntegerField("times signed out everywhere", default=0, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_an_address"),)

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Part of every session: when the count rises, no session from before is good any more."""
        salt = "hearth.web.access.session"
        return salted_hmac(salt, f"{self.pk} {self.sessions_ended}", secret=secret, algorithm="sha256").hexdigest()

    def posts_on(self, day: date) -> models.QuerySet[Post]:
        """The posts held on a day."""
        return self.posts.held_on(day)


class Team(models.Model):
    """A team, the service it is part of and the locality it works in."""

    name = models.CharField("name", max_length=200, unique=True)
    service = models.CharField("service", max_length=200)
    locality = models.CharField("locality", max_length=200, blank=True)
    ended_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Posts(models.QuerySet["Post"]):
    """Posts by day."""

    def held_on(self, day: date) -> Posts:
        """Posts held on a day: begun, and not ended before it."""
        return self.filter(_held_on(day))

    def belonging_on(self, day: date) -> Posts:
        """Posts by which people belong to teams on a day: those held, and of who holds none in a team the last."""
        later = Q(ended_on=None) | Q(ended_on__gt=OuterRef("ended_on"))
        others = Post.objects.filter(later, user=OuterRef("user"), team__isnull=False, started_on__lte=day)
        return self.filter(_held_on(day) | (Q(ended_on__lt=day) & ~Exists(others.order_by())), team__isnull=False)


def _held_on(day: date) -> Q:
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class Post(models.Model):
    """A post held: the role, in which team, from when to when. Access ends with it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="person")
    role = models.CharField("role", max_length=40, choices=Role.choices)
    team = models.ForeignKey(Team, models.PROTECT, related_name="posts", null=True, blank=True)
    started_on = models.DateField("from")
    ended_on = models.DateField("to", null=True, blank=True)

    objects = Posts.as_manager()

    class Meta:
        ordering = ("user", "started_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="post_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_of_a_known_role"),
        )

    def __str__(self) -> str:
        role = self.get_role_display()
        return f"{role}, {self.team}" if self.team and str(self.team) != role else role


READING = ("read", "exported")
"""What is noted of whoever looked and changed nothing."""
REFUSED = "refused: "
"""Begins each line of the log about what somebody was not let do; after it, why."""


class Listing(models.Model):
    """A set of children that a page or a file showed together; kept once, however often the same set is shown."""

    digest = models.CharField("digest of the children's keys", max_length=64, unique=True)


class ListedChild(models.Model):
    """A child of a listing, by its bare key."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="children", db_index=False)
    child_id = models.BigIntegerField("child")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("child_id", "listing"), name="child_listed_once"),)


class AuditEvents(models.QuerySet["AuditEvent"]):
    """Lines of the log."""

    def about(self, child_id: int) -> AuditEvents:
        """The lines about a child: alone, or among the children of a list."""
        lists = ListedChild.objects.filter(child_id=child_id).values("listing")
        return self.filter(Q(child_id=child_id) | Q(listing__in=lists))


class AuditEvent(models.Model):
    """One line of the log. The database refuses to change or remove it (see ``append_only``).

    The child is kept as a bare key: the line stands whatever becomes of the record.
    """

    at = models.DateTimeField("when", auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name="who")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, verbose_name="in which post")
    role = models.CharField("role", max_length=40, choices=Role.choices, blank=True)
    what = models.CharField("what", max_length=100)
    child_id = models.BigIntegerField("child", null=True)
    page = models.CharField("page", max_length=100, blank=True)
    why = models.TextField("why", blank=True)
    details = models.JSONField("details", default=dict)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+", null=True, verbose_name="children listed")

    objects = AuditEvents.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("child_id", "-at"), name="log_of_a_child"),
            models.Index(fields=("child_id", "-at"), name="acts_on_a_child", condition=~Q(what__in=READING)),
            models.Index(fields=("user", "-at"), name="log_of_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.user or 'Hearth'}: {self.what}"

    @property
    def is_refusal(self) -> bool:
        """Whether it says that something was not let happen."""
        return self.what.startswith(REFUSED)


class Restrictions(models.QuerySet["Restriction"]):
    """Restrictions that stand."""

    def standing(self) -> Restrictions:
        """Those not lifted."""
        return self.filter(lifted_at=None)


class Restriction(models.Model):
    """A record that only the people named may open; others within reach see the name and that it is restricted."""

    child = models.ForeignKey("children.Child", models.PROTECT, related_name="restrictions")
    why = models.TextField("why")
    people = models.ManyToManyField(User, related_name="+", verbose_name="who may open it")
    may_be_opened_in_emergency = models.BooleanField("may be opened in an emergency", default=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    why_lifted = models.TextField("why it was lifted", blank=True)

    objects = Restrictions.as_manager()

    class Meta:
        ordering = ("-begun_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("child",), condition=Q(lifted_at__isnull=True), name="one_standing_restriction_a_child"
            ),
        )

    def __str__(self) -> str:
        return f"Restricted since {self.begun_at:%d %B %Y}"


class EmergencyOpenings(models.QuerySet["EmergencyOpening"]):
    """Openings by moment."""

    def open_at(self, moment: datetime) -> EmergencyOpenings:
        """Those that let someone in at the moment."""
        return self.filter(opened_at__lte=moment, ends_at__gt=moment)


class EmergencyOpening(models.Model):
    """A record opened in an emergency by someone without reach: with a reason, for an hour, told to the manager."""

    user = models.ForeignKey(User, models.PROTECT, related_name="emergency_openings", verbose_name="who")
    child = models.ForeignKey("children.Child", models.PROTECT, related_name="emergency_openings")
    why = models.TextField("why")
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    looked_at_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    looked_at_at = models.DateTimeField(null=True)
    finding = models.TextField("what the manager found", blank=True)

    objects = EmergencyOpenings.as_manager()

    class Meta:
        ordering = ("-opened_at",)
        indexes = (models.Index(fields=("user", "child", "ends_at"), name="emergency_of_a_person"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gte=F("opened_at")), name="emergency_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"Opened in an emergency by {self.user}"
