"""Constructed scans for the files to take away: as little as there can be, and as much."""

from typing import Any

from django.utils import timezone

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import (
    Duiding,
    FigureMark,
    HiddenFigure,
    PartnerFigure,
    PartnerTable,
    PolicyFact,
    ScanQuestion,
    Visibility,
)
from buurtscan.reading import Reading
from buurtscan.takeaways.contents import Contents, contents_of
from projects.chapters import Chapter
from projects.models import Project, User
from tests import scan_pages_help as pages

LONG = "Bewoners die hier al lang wonen willen weten of het in de straten achter het plein veilig blijft. "


def contents(project: Project) -> Contents:
    return contents_of(project, made_on=timezone.localdate())


def a_scan(project: Project) -> None:
    """Wonen, with figures in every state."""
    pages.chapter_of_figures(project)
    ended = timezone.now()
    pages.scan_of(project)
    project.scans.get().job.__class__.objects.filter(scan__project=project).update(finished_at=ended)


def partner_figure(project: Project, label: str = "Klachten over vocht", **fields: Any) -> PartnerFigure:
    table = PartnerTable.objects.create(
        project=project,
        partner=fields.pop("partner", "Corporatie De Brug"),
        title=fields.pop("title", "Onderhoud"),
        visibility=fields.pop("visibility", Visibility.PROJECT),
        state=fields.pop("state", PartnerTable.State.PUBLISHED),
        source_note=fields.pop("source_note", "Eigen telling"),
        published_at=timezone.now(),
    )
    defaults = {"row": 1, "chapter": "wonen", "value": 41.0, "unit": "woningen", "period": "2025"}
    return PartnerFigure.objects.create(table=table, label=label, **{**defaults, **fields})


def policy_fact(project: Project, what: str = "Zestig woningen erbij", **fields: Any) -> PolicyFact:
    defaults = {"chapter": "wonen", "kind": "nieuwbouw", "who": "Gemeente", "starts": 2027, "ends": 2029}
    return PolicyFact.objects.create(project=project, what=what, **{**defaults, **fields})


def question(project: Project, text: str = "Wonen mensen hier graag?", **fields: Any) -> ScanQuestion:
    return ScanQuestion.objects.create(project=project, text=text, chapters=["wonen"], **fields)


def mark(project: Project, author: User, indicator: str = "corporatiewoningen", **fields: Any) -> FigureMark:
    defaults = {"kind": "zorg", "reason": "Er is weinig keus"}
    return FigureMark.objects.create(
        project=project, author=author, indicator=indicator, **{**defaults, **fields}
    )


def duiding(project: Project, text: str, chapter: str = "wonen", number: int = 1) -> Duiding:
    return Duiding.objects.create(project=project, chapter=chapter, number=number, text=text)


def hide(project: Project, indicator: str = "koopwoningen") -> HiddenFigure:
    return HiddenFigure.objects.create(project=project, indicator=indicator)


def secrets(project: Project, author: User) -> None:
    """What may be in no file. Each has a word that is nowhere else."""
    hide(project, "koopwoningen")
    mark(project, author, "koopwoningen", reason="GEHEIMEREDEN")
    partner_figure(project, "GEHEIMCIJFER", partner="GEHEIMEPARTNER", visibility=Visibility.KERNTEAM)
    partner_figure(project, "TERUGGEHAALD", partner="UNDONE", state=PartnerTable.State.UNDONE)
    partner_figure(project, "CONCEPTCIJFER", partner="DRAFT", state=PartnerTable.State.DRAFT)
    policy_fact(project, "GEHEIMPLAN", visibility=Visibility.KERNTEAM)


SECRET = ("GEHEIM", "TERUGGEHAALD", "CONCEPTCIJFER", "Koopwoningen", "koopwoningen")


def everything(project: Project, author: User) -> None:
    """Every indicator of the catalogue for the area, wijk, gemeente and Nederland, and long texts."""
    pages.look_alikes(project)
    for number, indicator in enumerate(CATALOGUE.values()):
        pages.compared(project, indicator.id, 10 + number % 80, 1 + (number * 37) % 98, flags=["modelled"])
    everything_else(project, author)


def everything_else(project: Project, author: User) -> None:
    """All that people can add to the figures, at its longest."""
    for chapter in Chapter.values:
        Duiding.objects.create(project=project, chapter=chapter, number=7, text=(LONG * 50)[:4000])
        for number in range(6):
            label, where = (LONG * 2)[:160], (LONG * 2)[:120]
            partner = f"{number} {LONG}"[:120]
            partner_figure(
                project, label, partner=partner, chapter=chapter, place=where, unit="meldingen " * 4
            )
            policy_fact(project, (LONG * 3)[:200], chapter=chapter, where=where, who=(LONG * 2)[:120])
    for indicator in CATALOGUE.values():
        FigureMark.objects.get_or_create(
            project=project,
            indicator=indicator.id,
            author=author,
            defaults={"kind": "kans", "reason": (LONG * 4)[:300]},
        )
    for _number in range(12):
        question(project, (LONG * 4)[:300], answered=(LONG * 30)[:2000], unanswered=(LONG * 30)[:2000])


def by_indicator(found: Contents) -> dict[str, Reading]:
    return {reading.indicator.id: reading for reading in found.readings}
