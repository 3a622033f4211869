"""The made-up authority in the database: children with names, teams, and a sign-in for each role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from simple_history.utils import bulk_create_with_history

from hearth.synthetic import families, names
from hearth.synthetic.authority import make
from hearth.synthetic.families import Bond, Member
from hearth.web.access.models import Post, Team, User
from hearth.web.access.roles import Role
from hearth.web.children import bulk
from hearth.web.children import frames as children_frames
from hearth.web.children.actions import record_care_plan
from hearth.web.children.models import Allocation, Child, FamilyBond, FamilyMember, FosterCarer
from hearth.web.intake import frames, households, loading
from hearth.web.intake.loading import Options, Progress
from hearth.web.intake.models import Batch

AUTHORITY = "E10000020"
SAID = "the made-up authority"
CASEWORK = (Role.SOCIAL_WORKER, Role.PERSONAL_ADVISER, Role.REVIEWING_OFFICER)
"""Roles that have children of their own."""
CARE = "Children in care"
"""How the teams are called whose social worker is shown on the sign-in page."""
YEARS_IN_POST = 3
NAMED_BY = frozenset({"authority", "child_id", "ref", "same_as"})
"""What of a made-up person around a child says whose and who it is."""
PLANS_WRITTEN = 3
PLAN = (
    "You stay where you live now, near your school. You see your family each week, and we look together at what you "
    "want for the summer. Your social worker sees you every four weeks, and you can ring at any time."
)
OFFICES = {
    Role.VIRTUAL_SCHOOL: ("Virtual school", "Education"),
    Role.HEALTH: ("Health of children in care", "Health"),
    Role.PLACEMENTS: ("Placements and commissioning", "Placements"),
    Role.PARTICIPATION: ("Participation", "Participation"),
    Role.ANALYST: ("Performance", "Performance"),
    Role.BOARD_MEMBER: ("Corporate parenting board", "Corporate parenting board"),
    Role.ADMINISTRATOR: ("Systems", "Systems"),
}
"""Roles without children of their own: the team and the service of each."""
FOSTERING = ("Fostering", "Placements")
"""The team of those who supervise carers, as their households name it, and its service."""


@dataclass(frozen=True)
class Demo:
    """The made-up authority: its load, how many children it has, and the people who can sign in, one a role."""

    batch: Batch
    children: int
    people: tuple[User, ...]


def is_made() -> bool:
    """Whether the made-up authority is in the database already."""
    return User.objects.filter(is_made_up=True).exists()


def make_demo(
    *,
    as_of: date,
    children: int = 1000,
    years: int = 10,
    seed: int = 1,
    authority: str = AUTHORITY,
    progress: Progress = loading.nothing_said,
) -> Demo:
    """Makes up an authority and puts it into an empty record, in two transactions, the people last.

    The same arguments make the same children, names and people. Raises LoadRefusedError when the record has children
    of another origin, so that made-up children never stand among real ones.
    """
    if Child.everything.exclude(batch__said=SAID).exists():
        raise loading.LoadRefusedError(
            "The record has children already: the made-up authority needs a record of its own."
        )
    record = make(children, years, seed, as_of=as_of, authority=authority)
    plan = frames.plan(record, as_of)
    batch = loading.load(record, plan, Options(SAID, None, as_of), progress)
    with transaction.atomic():
        _name_children(batch, frames.named(record, seed))
        households.furnish(as_of, seed, _of(batch))
        people = _people(as_of, seed)
        _write_plans(people, as_of)
        _record_families(batch, *families.around(record, seed, as_of))
    return Demo(batch, Child.objects.count(), people)


def _name_children(batch: Batch, rows: Sequence[Sequence[object]]) -> None:
    keys = {(authority, child): key for authority, child, key in children_frames.keys().iter_rows()}
    given = [(keys[row[0], row[1]], *row[2:]) for row in rows]
    bulk.update(Child, names.COLUMNS, given, _of(batch))


def _of(batch: Batch) -> bulk.Load:
    """What is said beside the load, as part of it."""
    return bulk.Load(batch, None, batch.loaded_at, f"load {batch.pk}")


def _write_plans(people: Sequence[User], as_of: date) -> None:
    """The social worker shown has written care plans in Hearth, so that the manager shown has something to answer."""
    worker = next((one for one in people if one.posts.filter(role=Role.SOCIAL_WORKER).exists()), None)
    if worker is None:
        return
    held = Allocation.objects.filter(worker_id=worker.worker_id, role=Role.SOCIAL_WORKER, ended_on=None)
    for days, row in enumerate(held.select_related("child").order_by("child__born_on", "pk")[:PLANS_WRITTEN], start=1):
        record_care_plan(child=row.child, by=worker, started_on=as_of - timedelta(days=days), plan=PLAN)


def _record_families(batch: Batch, people: Sequence[Member], bonds: Sequence[Bond]) -> None:
    """The people around some children, and how they belong together, with their history."""
    keys = {(authority, child): key for authority, child, key in children_frames.keys().iter_rows()}
    kept = {}
    for one in people:
        facts = {name: value for name, value in vars(one).items() if name not in NAMED_BY}
        other = keys.get((one.authority, one.same_as or ""))
        row = FamilyMember(child_id=keys[one.authority, one.child_id], same_as_id=other, batch=batch, **facts)
        kept[one.authority, one.child_id, one.ref] = row
    bulk_create_with_history(list(kept.values()), FamilyMember, batch_size=500)
    rows = [
        FamilyBond(
            child_id=keys[bond.authority, bond.child_id],
            batch=batch,
            kind=bond.kind,
            one=kept.get((bond.authority, bond.child_id, bond.one)),
            other=kept.get((bond.authority, bond.child_id, bond.other)),
        )
        for bond in bonds
    ]
    bulk_create_with_history(rows, FamilyBond, batch_size=500)


@dataclass(frozen=True)
class _Caseload:
    """A worker, the role in which most children are held, the team most of them are held for, and how many."""

    worker: str
    role: str
    team: str
    children: int


def _people(as_of: date, seed: int) -> tuple[User, ...]:
    """Everybody who holds a child's case, a manager for each team and one person an office; those shown come first."""
    held = _caseloads(as_of)
    teams = {name: _team(name, *_service(name)) for name in sorted({found.team for found in held})}
    began = as_of.replace(year=as_of.year - YEARS_IN_POST, month=1, day=1)
    posts = [_post(found.worker, found.role, teams[found.team], began, seed) for found in held]
    home = teams[held[0].team]
    managed = [home, *(team for team in teams.values() if team != home)]
    posts += [_post(f"TM{team.pk:03}", Role.TEAM_MANAGER, team, began, seed) for team in managed]
    posts.append(_post("SM001", Role.SERVICE_MANAGER, home, began, seed))
    fostering = _team(*FOSTERING)
    posts += [_post(one, Role.SUPERVISING_SOCIAL_WORKER, fostering, began, seed) for one in _supervising()]
    posts += [
        _post(f"OF{place:03}", role, _team(*office), began, seed)
        for place, (role, office) in enumerate(OFFICES.items())
    ]
    User.objects.bulk_create(post.user for post in posts)
    Post.objects.bulk_create(posts)
    shown: dict[str, User] = {}
    for post in posts:
        shown.setdefault(post.role, post.user)
    return tuple(shown[role] for role in Role.values if role in shown)


def _caseloads(as_of: date) -> list[_Caseload]:
    """Each worker's main team and role on the day, the largest caseloads in the care teams first."""
    found: dict[str, _Caseload] = {}
    open_on = Allocation.objects.filter(started_on__lte=as_of, ended_on=None, role__in=CASEWORK)
    counted = open_on.order_by().values_list("worker_id", "role", "team").annotate(children=Count("child"))
    for worker, role, team, children in counted.order_by("-children", "worker_id", "team"):
        found.setdefault(worker, _Caseload(worker, role or "", team or "", children))
    return sorted(found.values(), key=lambda one: (not one.team.startswith(CARE), -one.children, one.worker))


def _supervising() -> list[str]:
    """The workers who supervise fostering households, those with the most first."""
    held = FosterCarer.objects.filter(ended_on=None).exclude(worker_id=None)
    counted = held.order_by().values_list("worker_id").annotate(households=Count("pk"))
    return [str(worker) for worker, _ in counted.order_by("-households", "worker_id")]


def _service(team: str) -> tuple[str, str]:
    """The service and the locality that a team's name says: "Children in care East"."""
    service, _, last = team.rpartition(" ")
    return (service, last) if service and last[0].isupper() else (team, "")


def _team(name: str, service: str, locality: str = "") -> Team:
    return Team.objects.get_or_create(name=name, defaults={"service": service, "locality": locality})[0]


def _post(worker: str, role: str, team: Team, began: date, seed: int) -> Post:
    """A post with its person, neither of them saved."""
    name = names.of_worker(worker, seed)
    address = f"{name.replace(' ', '.')}.{worker}@example.org".lower()
    user = User(email=address, name=name, worker_id=worker, is_made_up=True)
    user.set_unusable_password()
    return Post(user=user, role=role, team=team, started_on=began)
