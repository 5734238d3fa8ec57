"""Agendapunten as the page of the kernteam shows them, with hints and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.concreteness import Hint, Lack, PointText, hints
from agenda.document import Point, points_of
from agenda.models import Agendapunt
from projects.models import Project

SENTENCES: dict[Lack, str | Promise] = {
    Lack.VAAG_WAT: _("Vaag: “%(words)s”. Schrijf erbij hoeveel, of wat er precies komt."),
    Lack.GEEN_WAAR: _("Er staat nog niet waar. Noem een straat, plein of gebouw."),
    Lack.VAAG_WAAR: _("“%(words)s” is een ruime plek. Noem een straat, plein of gebouw."),
    Lack.GEEN_WANNEER: _("Er staat nog niet wanneer. Noem een datum, maand of vaste dag."),
    Lack.VAAG_WANNEER: _("“%(words)s” is geen datum. Noem een datum, maand of vaste dag."),
    Lack.GEEN_TREKKER: _("Er is nog geen trekker. Wie zorgt dat het gebeurt?"),
}


@dataclass(frozen=True)
class ShownPoint:
    punt: Agendapunt
    point: Point
    hints: tuple[str, ...]
    first: bool
    last: bool


def hint_sentence(hint: Hint) -> str:
    return str(SENTENCES[hint.lack]) % {"words": "”, “".join(hint.words)}


def hints_of(punt: Agendapunt) -> tuple[str, ...]:
    text = PointText(punt.wat, punt.waar, punt.wanneer, trekker=punt.trekker_id is not None)
    return tuple(map(hint_sentence, hints(text)))


def shown_points(
    project: Project, punten: Sequence[Agendapunt], *, start: int, total: int
) -> list[ShownPoint]:
    """`start` is the number of the first of them on the whole agenda of `total` points."""
    return [
        ShownPoint(punt, point, hints_of(punt), point.number == 1, point.number == total)
        for punt, point in zip(punten, points_of(project, punten, start=start), strict=True)
    ]
