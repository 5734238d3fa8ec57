"""What partners and the kernteam add to a chapter, for a room: without names, and never what only the
kernteam may see, whoever stands at the projector."""

from django.utils import timezone

from buurtscan.added_screens import Block
from buurtscan.deepening import FACTS_IN_CHAPTER, FIGURES_IN_CHAPTER, PICTURES_IN_CHAPTER, groups_of
from buurtscan.models import Duiding, PartnerFigure, PartnerTable, PolicyFact, ScanPicture, Visibility
from buurtscan.timeline import Timeline
from projects.models import Project


def partners_of(project: Project, chapter: str) -> list[Block]:
    figures = PartnerFigure.objects.of(project).visible(kernteam=False).for_chapter(chapter)
    shown = list(figures.defer("table__cells", "table__mapping")[:FIGURES_IN_CHAPTER])
    return [Block(table.title, source_of(table), tuple(lines)) for table, lines in groups_of(shown)]


def source_of(table: PartnerTable) -> str:
    return ". ".join(part for part in (table.partner, table.source_note) if part)


def pictures_of(project: Project, chapter: str) -> list[ScanPicture]:
    """Those that are ready."""
    ready = ScanPicture.objects.filter(project=project, chapter=chapter, visibility=Visibility.PROJECT)
    return list(ready.exclude(file="")[:PICTURES_IN_CHAPTER])


def timeline_of(project: Project, chapter: str) -> Timeline:
    facts = PolicyFact.objects.filter(project=project, chapter=chapter, visibility=Visibility.PROJECT)
    return Timeline.of(facts[:FACTS_IN_CHAPTER], timezone.localdate().year)


def duiding_of(project: Project, chapter: str) -> str:
    """The text that counts now; who wrote it is not said."""
    newest = Duiding.objects.of(project).filter(chapter=chapter).order_by("-number").first()
    return newest.text if newest else ""
