"""What stands in a project, counted with one read of each room; numbers only."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from agenda.models import Agendapunt, Idea, Inzicht, PolicyLine
from buurtscan.models import FigureStatus, ScanFigure
from projects.models import Party, Project, RipenessCheck, UrgencyStatement
from stories.models import Story

PUBLISHED = [FigureStatus.OK, FigureStatus.FALLBACK]


@dataclass(frozen=True)
class Counts:
    urgencies: dict[str, int]
    ripe: str
    figures: dict[tuple[str, str], int]
    parties: dict[str, int]
    stories: dict[tuple[str, str], int]
    inzichten: int
    ideas: int
    policy_lines: int
    points: dict[str, int]

    @property
    def told(self) -> dict[str, int]:
        """Published stories by chapter."""
        published = Story.State.PUBLISHED
        return {about: n for (state, about), n in self.stories.items() if state == published}

    @property
    def waiting(self) -> int:
        to_judge = (Story.State.SUBMITTED, Story.State.HELD, Story.State.SECOND)
        return sum(n for (state, _about), n in self.stories.items() if state in to_judge)

    @property
    def in_concept(self) -> int:
        return self.points.get(Agendapunt.State.CONCEPT, 0)

    @property
    def agreed(self) -> int:
        return self.points.get(Agendapunt.State.AFGESPROKEN, 0)


def tally(rows: QuerySet, field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk")))


def tally_pairs(rows: QuerySet, one: str, other: str) -> dict[tuple[str, str], int]:
    counted = rows.order_by().values_list(one, other).annotate(n=Count("pk"))
    return {(first, second): n for first, second, n in counted}


def counts_of(project: Project) -> Counts:
    figures = ScanFigure.objects.of(project).of_area_asked().filter(status__in=PUBLISHED)
    latest = RipenessCheck.objects.filter(project=project).first()
    return Counts(
        urgencies=tally(UrgencyStatement.objects.of(project), "felt_by_kind"),
        ripe=latest.answer if latest else "",
        figures=tally_pairs(figures, "chapter", "source"),
        parties=tally(Party.objects.of(project), "kind"),
        stories=tally_pairs(Story.objects.of(project), "state", "about"),
        inzichten=Inzicht.objects.filter(project=project).count(),
        ideas=Idea.objects.filter(project=project).count(),
        policy_lines=PolicyLine.objects.filter(project=project).count(),
        points=tally(Agendapunt.objects.filter(project=project), "state"),
    )
