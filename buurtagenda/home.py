"""The home page of a project: its situation, and its seven bouwstenen as cards."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agenda.models import Agendapunt
from buurtagenda.counts import Counts
from buurtagenda.lines import lines_of
from buurtagenda.nexthelp import Situation, VaguePoint
from projects.bouwstenen import BRICKS, Brick
from projects.coalition import forgotten_kinds
from projects.kernteam import missing_sides
from projects.models import BouwsteenStatus, Membership, Project

VAGUE = Q(waar="") | Q(wanneer="") | Q(trekker=None)


def situation_of(project: Project, counts: Counts, today: date) -> Situation:
    members = Membership.objects.of(project)
    not_needed = BouwsteenStatus.State.NIET_NODIG
    return Situation(
        running=project.state == Project.State.LOOPT,
        days_left=(project.ends - today).days,
        missing_sides=tuple(missing_sides(members.sides())),
        has_moderator=members.filter(moderator=True).exists(),
        stories_open=project.stories_open,
        urgencies=sum(counts.urgencies.values()),
        urgency_kinds=frozenset(counts.urgencies),
        ripe=counts.ripe,
        scanned=bool(counts.figures) or project.scans.exists(),
        figure_chapters=frozenset(chapter for chapter, _source in counts.figures),
        party_kinds=frozenset(counts.parties),
        forgotten_kinds=tuple(forgotten_kinds(counts.parties)),
        waiting=counts.waiting,
        told=counts.told,
        inzichten=counts.inzichten,
        ideas=counts.ideas,
        in_concept=counts.in_concept,
        agreed=counts.agreed,
        vague=vague_point(project),
        not_needed=frozenset(b.key for b in BRICKS if project.status_of(b.key).state == not_needed),
    )


def vague_point(project: Project) -> VaguePoint | None:
    """The first point in concept that is not concrete yet."""
    rows = Agendapunt.objects.filter(VAGUE, project=project, state=Agendapunt.State.CONCEPT)
    point = rows.only("title", "waar", "wanneer", "trekker").first()
    if point is None:
        return None
    lacks = [("waar", point.waar), ("wanneer", point.wanneer), ("wie", point.trekker_id)]
    return VaguePoint(point.title, tuple(name for name, value in lacks if not value))


@dataclass(frozen=True)
class BrickCard:
    """A bouwsteen on the home page of a project."""

    brick: Brick
    status: BouwsteenStatus
    line: str
    address: str


def brick_cards(project: Project, counts: Counts) -> list[BrickCard]:
    lines = lines_of(counts)
    return [
        BrickCard(brick, project.status_of(brick.key), lines[brick.key], brick.address(project.slug))
        for brick in BRICKS
    ]
