"""Tellen and vertellen of a project, side by side per chapter."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.coverage import Meeting, Row, cover
from agenda.figures import compared_figures
from agenda.models import Inzicht
from projects.chapters import Chapter
from projects.models import Project
from stories.models import Story

MEETING_TEXTS: dict[Meeting, str | Promise] = {
    Meeting.SAMEN: _("samen"),
    Meeting.NIEMAND_VERTELT: _("niemand vertelt"),
    Meeting.GEEN_CIJFER: _("geen cijfer"),
    Meeting.VALT_NIET_OP: _("alleen verhalen vallen op"),
    Meeting.LEEG: _("nog leeg"),
}
GAPS = {Meeting.NIEMAND_VERTELT, Meeting.GEEN_CIJFER}


@dataclass(frozen=True)
class ChapterRow:
    row: Row
    label: str
    inzichten: int

    @property
    def meeting(self) -> str:
        return str(MEETING_TEXTS[self.row.meeting])

    @property
    def is_gap(self) -> bool:
        return self.row.meeting in GAPS


def chapter_rows(project: Project) -> list[ChapterRow]:
    """One for each of the eight chapters. Three queries."""
    stories = dict(
        Story.objects.of(project).published().order_by().values_list("about").annotate(Count("pk"))
    )
    inzichten = dict(Inzicht.objects.of(project).order_by().values_list("chapter").annotate(Count("pk")))
    rows = cover(Chapter.values, compared_figures(project), stories)
    return [ChapterRow(row, str(Chapter(row.chapter).label), inzichten.get(row.chapter, 0)) for row in rows]


def next_inzicht(rows: list[ChapterRow]) -> ChapterRow | None:
    """The chapter where an inzicht helps most: they meet, or else miss each other, and nothing is written."""
    for wanted in (Meeting.SAMEN, Meeting.GEEN_CIJFER, Meeting.NIEMAND_VERTELT):
        for row in rows:
            if row.row.meeting == wanted and not row.inzichten:
                return row
    return None
