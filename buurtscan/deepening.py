"""What partners add to the open figures, as the pages of the scan need it.

Every outlet asks here: what only the kernteam may see is left out for everybody else.
"""

from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from buurtscan.models import PartnerFigure, PartnerTable, PolicyFact, ScanPicture, Visibility
from buurtscan.partners.pages import Line
from buurtscan.timeline import Timeline
from projects.access import Access

FIGURES_IN_CHAPTER, FACTS_IN_CHAPTER, PICTURES_IN_CHAPTER = 60, 60, 12


def for_eyes_of[M: PolicyFact | ScanPicture](rows: QuerySet[M], access: Access) -> QuerySet[M]:
    mine = rows.filter(project=access.project)
    return mine if access.edit else mine.filter(visibility=Visibility.PROJECT)


def facts_for(access: Access, *, words: str = "") -> QuerySet[PolicyFact]:
    facts = for_eyes_of(PolicyFact.objects.all(), access)
    if words:
        facts = facts.filter(Q(what__icontains=words) | Q(where__icontains=words) | Q(who__icontains=words))
    return facts


def pictures_for(access: Access) -> QuerySet[ScanPicture]:
    """Those that are ready; the kernteam also sees what is still being made, or failed."""
    pictures = for_eyes_of(ScanPicture.objects.all(), access).select_related("job")
    return pictures if access.edit else pictures.exclude(file="")


def chapter_context(access: Access, chapter: str) -> dict[str, Any]:
    """For the page of one chapter: what parts/partner_figures and parts/policy read."""
    figures = PartnerFigure.objects.of(access.project).visible(kernteam=access.edit).for_chapter(chapter)
    shown = list(figures.defer("table__cells", "table__mapping")[: FIGURES_IN_CHAPTER + 1])
    facts = list(facts_for(access).filter(chapter=chapter)[:FACTS_IN_CHAPTER])
    return {
        "partner_groups": groups_of(shown[:FIGURES_IN_CHAPTER]),
        "more_partner_figures": len(shown) > FIGURES_IN_CHAPTER,
        "scan_pictures": pictures_for(access).filter(chapter=chapter).exclude(file="")[:PICTURES_IN_CHAPTER],
        "timeline": Timeline.of(facts, timezone.localdate().year),
    }


def overview_context(access: Access) -> dict[str, Any]:
    """For the overview of the scan: nothing of partners stands there."""
    return {}


def groups_of(figures: list[PartnerFigure]) -> list[tuple[PartnerTable, list[Line]]]:
    """Each table with its figures, in the order they come."""
    groups = groupby(figures, key=lambda figure: figure.table)
    return [(table, [Line.of(figure) for figure in group]) for table, group in groups]
