"""Everything a takeaway may hold, gathered once. Nothing hidden and nothing that is of the kernteam alone
comes in here, so that no form can let it out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtscan.models import (
    Duiding,
    FigureMark,
    HiddenFigure,
    LookAlike,
    PartnerFigure,
    PartnerTable,
    PolicyFact,
    Scan,
    ScanFigure,
    ScanQuestion,
    Source,
    Visibility,
)
from buurtscan.reading import Reading, look_alike_names, readings
from buurtscan.standing import differing, standouts
from core.models import Job
from gebieden.family import family
from gebieden.names import everyday
from projects.chapters import Chapter
from projects.models import Project

LICENCES = {"leefbaarometer": "CC0 1.0"}
LICENCE = "CC BY 4.0"
FIRST = 3


def licence_of(source: str) -> str:
    return LICENCES.get(source, LICENCE)


@dataclass(frozen=True)
class Mark:
    """What somebody of the kernteam called a figure, and why. Never who."""

    kind: str
    title: str
    reason: str


@dataclass(frozen=True)
class ChapterContents:
    chapter: str
    readings: tuple[Reading, ...] = ()
    marks: tuple[Mark, ...] = ()
    duiding: str = ""
    partners: tuple[PartnerFigure, ...] = ()
    facts: tuple[PolicyFact, ...] = ()

    @property
    def label(self) -> str:
        return str(Chapter(self.chapter).label)

    @cached_property
    def standouts(self) -> list[Reading]:
        return standouts(self.readings)

    @cached_property
    def differing(self) -> list[Reading]:
        """In what the buurten of a set differ most, where nothing stands out."""
        return [] if self.standouts else differing(self.readings)

    @property
    def first(self) -> list[Reading]:
        """What there is to show where nothing stands out."""
        return self.differing or [reading for reading in self.readings if reading.known][:FIRST]

    @property
    def marks_in_words(self) -> str:
        """ "2 zorgen, 1 kans"; empty without marks."""
        number = Counter(mark.kind for mark in self.marks)
        words = {
            "zorg": ngettext("%(n)s zorg", "%(n)s zorgen", number["zorg"]),
            "kans": ngettext("%(n)s kans", "%(n)s kansen", number["kans"]),
        }
        return ", ".join(words[kind] % {"n": number[kind]} for kind in words if number[kind])


@dataclass(frozen=True)
class AlikeArea:
    number: int
    code: str
    name: str
    distance: float
    period: str


@dataclass(frozen=True)
class SourceLine:
    """A source of the figures in it: `years` and `tables` are those that were really used."""

    source: str
    name: str
    years: str
    tables: tuple[str, ...]

    @property
    def licence(self) -> str:
        return licence_of(self.source)


@dataclass(frozen=True)
class Contents:
    name: str
    slug: str
    areas: tuple[str, ...]
    codes: tuple[str, ...]
    gemeente: str
    is_demo: bool
    made_on: date
    scanned_on: date
    left_out: int
    chapters: tuple[ChapterContents, ...]
    questions: tuple[ScanQuestion, ...]
    alike: tuple[AlikeArea, ...]
    tables: tuple[PartnerTable, ...]

    @property
    def readings(self) -> list[Reading]:
        return [reading for part in self.chapters for reading in part.readings]

    @property
    def partners(self) -> list[PartnerFigure]:
        return [figure for part in self.chapters for figure in part.partners]

    @property
    def facts(self) -> list[PolicyFact]:
        found = [fact for part in self.chapters for fact in part.facts]
        return sorted(found, key=lambda fact: (fact.starts, fact.ends or fact.starts, fact.pk))

    @property
    def title(self) -> str:
        return _("Buurtscan %(name)s") % {"name": self.name}

    @property
    def where(self) -> str:
        """ "Moerwijk-Oost · Den Haag": the areas, and the gemeente where they lie in one."""
        areas = ", ".join(self.areas)
        return f"{areas} · {self.gemeente}" if self.gemeente not in ("", areas) else areas

    @property
    def sources(self) -> list[SourceLine]:
        cells = [
            one.figure
            for reading in self.readings
            for one in (reading, *reading.apart)
            if one.value is not None
        ]
        return [source_line(source, cells) for source in Source.values if used(source, cells)]

    @property
    def holds(self) -> dict[str, list[Any]]:
        """What has to stay shown for the file to be given out."""
        return {
            "indicators": sorted({reading.indicator.id for reading in self.readings}),
            "tables": sorted(table.pk for table in self.tables),
            "facts": sorted(fact.pk for fact in self.facts),
        }


def used(source: str, figures: Iterable[ScanFigure]) -> bool:
    return any(figure.source == source for figure in figures)


def source_line(source: str, figures: Sequence[ScanFigure]) -> SourceLine:
    own = [figure for figure in figures if figure.source == source]
    years = sorted({figure.period for figure in own if figure.period})
    span = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}" if years else ""
    tables = sorted({figure.table for figure in own if figure.table})
    return SourceLine(source, str(Source(source).label), span, tuple(tables))


def contents_of(project: Project, *, made_on: date) -> Contents:
    """The number of queries does not grow with what there is."""
    shown = readings(project, presented=True)
    hidden = set(HiddenFigure.objects.filter(project=project).values_list("indicator", flat=True))
    around = family(project.areas.all())
    partners = list(
        PartnerFigure.objects.of(project)
        .visible(kernteam=False)
        .select_related("table")
        .order_by("table__published_at", "table_id", "row")
    )
    return Contents(
        name=project.name,
        slug=project.slug,
        areas=tuple(everyday(area.name) for area in around.asked),
        codes=tuple(area.code for area in around.asked),
        gemeente=everyday(around.gemeente.name) if around.gemeente else "",
        is_demo=project.is_demo,
        made_on=made_on,
        scanned_on=scanned_on(project, shown, made_on),
        left_out=ScanFigure.objects.of(project).of_area_asked().filter(indicator__in=hidden).count(),
        chapters=chapters_of(project, shown, hidden, partners),
        questions=tuple(ScanQuestion.objects.filter(project=project)),
        alike=alike_areas(project),
        tables=tuple({figure.table_id: figure.table for figure in partners}.values()),
    )


def chapters_of(
    project: Project, shown: Sequence[Reading], hidden: set[str], partners: Sequence[PartnerFigure]
) -> tuple[ChapterContents, ...]:
    duiding = newest_duiding(project)
    titles = {reading.indicator.id: reading.indicator for reading in shown}
    marks = FigureMark.objects.filter(project=project).exclude(indicator__in=hidden)
    marked = [(titles[mark.indicator], mark) for mark in marks if mark.indicator in titles]
    facts = list(PolicyFact.objects.filter(project=project, visibility=Visibility.PROJECT))
    return tuple(
        ChapterContents(
            chapter=chapter,
            readings=tuple(reading for reading in shown if reading.indicator.chapter == chapter),
            marks=tuple(
                Mark(mark.kind, indicator.title, mark.reason)
                for indicator, mark in marked
                if indicator.chapter == chapter
            ),
            duiding=duiding.get(chapter, ""),
            partners=tuple(figure for figure in partners if figure.chapter == chapter),
            facts=tuple(fact for fact in facts if fact.chapter == chapter),
        )
        for chapter in Chapter.values
    )


def newest_duiding(project: Project) -> dict[str, str]:
    rows = Duiding.objects.of(project).order_by("number").values_list("chapter", "text")
    return {chapter: text.strip() for chapter, text in rows}


def alike_areas(project: Project) -> tuple[AlikeArea, ...]:
    names = look_alike_names(project)
    rows = LookAlike.objects.filter(project=project)
    return tuple(
        AlikeArea(row.number, row.code, names.get(row.code, row.code), row.distance, row.period)
        for row in rows
    )


def scanned_on(project: Project, shown: Sequence[Reading], otherwise: date) -> date:
    """The day the newest scan ended; where none did, the day of the newest figure."""
    ended = newest_scan_end(project)
    moments = [ended] if ended else [reading.figure.fetched_at for reading in shown]
    return timezone.localdate(max(moments)) if moments else otherwise


def newest_scan_end(project: Project) -> datetime | None:
    done = Scan.objects.of(project).filter(job__state=Job.State.DONE).select_related("job")
    ends = [scan.job.finished_at for scan in done[:1] if scan.job.finished_at]
    return ends[0] if ends else None
