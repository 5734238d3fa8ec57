"""What happened to a story, line by line: who did what, and when. Never what stood in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Record
from projects.models import User
from stories.models import Story

WORDS = {
    "submit": gettext_lazy("stuurde het verhaal in"),
    "read": gettext_lazy("las het verhaal"),
    "claim": gettext_lazy("nam het verhaal van de stapel"),
    "release": gettext_lazy("legde het verhaal terug op de stapel"),
    "publish": gettext_lazy("publiceerde het verhaal"),
    "first_reading": gettext_lazy("vond als eerste dat het openbaar mag"),
    "hold": gettext_lazy("hield het verhaal aan"),
    "reject": gettext_lazy("wees het verhaal af"),
    "requeue": gettext_lazy("legde het verhaal weer op de stapel"),
    "mark_sensitive": gettext_lazy("noemde het verhaal gevoelig"),
    "unmark_sensitive": gettext_lazy("noemde het verhaal niet meer gevoelig"),
    "mask": gettext_lazy("liet woorden weg"),
    "restore": gettext_lazy("zette weggelaten woorden terug"),
    "photo_geen": gettext_lazy("zag niemand herkenbaar op de foto"),
    "photo_mag": gettext_lazy("zag herkenbare mensen op de foto, die het goed vinden"),
    "photo_weg": gettext_lazy("haalde de foto weg"),
    "raise_care": gettext_lazy("maakte er een zorgsignaal van"),
    "close_care": gettext_lazy("sloot het zorgsignaal"),
    "return_from_care": gettext_lazy("legde het verhaal na het zorgsignaal terug op de stapel"),
    "translate": gettext_lazy("schreef een vertaling"),
    "type_out": gettext_lazy("typte het verhaal uit"),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str


def records_of(story: Story) -> QuerySet[Record]:
    """Newest first."""
    mine = Record.objects.filter(project_id=story.project_id, kind="stories.story", object_id=str(story.pk))
    return mine.order_by("-at", "-pk")


def lines_of(records: Iterable[Record]) -> list[Line]:
    records = list(records)
    people = User.objects.in_bulk({record.actor_id for record in records if record.actor_id})
    return [
        Line(record.at, _who(record, people), str(WORDS.get(record.verb, _("deed iets anders"))))
        for record in records
    ]


def _who(record: Record, people: dict[int, User]) -> str:
    if record.actor_id is None:
        return _("de verteller of het systeem")
    person = people.get(record.actor_id)
    return str(person) if person else _("iemand die er niet meer bij is")
