"""The kernteam's own questions: what the scan should answer, and what it turned out to say."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from buurtscan.catalogue import CATALOGUE
from buurtscan.models import ScanQuestion
from core.cas import swap_version
from core.errors import Conflict, DomainError
from core.records import record
from projects.chapters import Chapter
from projects.models import Project, User

MOST = 10
UP, DOWN = "omhoog", "omlaag"


@transaction.atomic
def add_question(project: Project, *, text: str, chapters: Sequence[str], by: User | None) -> ScanQuestion:
    """A new question, last in the order. The same text once more is the same question."""
    lock_order(project)
    questions = ScanQuestion.objects.of(project)
    same = questions.filter(text=text).first()
    if same is not None:
        return same
    if questions.count() >= MOST:
        raise DomainError(
            _("U hebt al tien vragen. Haal er eerst een weg: met minder vragen blijft de scan te bespreken.")
        )
    last = questions.aggregate(last=Max("position"))["last"] or 0
    question = ScanQuestion.objects.create(
        project=project, text=text, chapters=known_chapters(chapters), position=last + 1, asked_by=by
    )
    record("add_question", question, by=by)
    return question


@transaction.atomic
def edit_question(
    question: ScanQuestion, *, version: int, text: str, chapters: Sequence[str], by: User | None
) -> ScanQuestion:
    """Figures chosen in a chapter that the question leaves are no longer chosen."""
    known = known_chapters(chapters)
    kept = [name for name in question.indicators if name in CATALOGUE and CATALOGUE[name].chapter in known]
    swap_version(question, version, {"text": text, "chapters": known, "indicators": kept})
    record("edit_question", question, by=by)
    return question


@transaction.atomic
def answer_question(
    question: ScanQuestion,
    *,
    version: int,
    indicators: Sequence[str],
    answered: str,
    unanswered: str,
    by: User | None,
) -> ScanQuestion:
    """Which figures speak about it, what they say, and what they do not say."""
    wrong = [n for n in indicators if n not in CATALOGUE or CATALOGUE[n].chapter not in question.chapters]
    if wrong:
        raise DomainError(_("Kies cijfers uit de hoofdstukken van deze vraag."), "indicators")
    changes = {"indicators": list(indicators), "answered": answered, "unanswered": unanswered}
    swap_version(question, version, changes)
    record("answer_question", question, by=by)
    return question


@transaction.atomic
def move_question(question: ScanQuestion, *, was: int, direction: str, by: User | None) -> ScanQuestion:
    """One place up or down. `was` is the position the user saw."""
    lock_order(question.project)
    questions = list(ScanQuestion.objects.of(question.project))
    place = next((i for i, one in enumerate(questions) if one.pk == question.pk), None)
    if place is None or questions[place].position != was:
        raise Conflict(_("De volgorde is intussen veranderd. Bekijk de vragen en probeer het opnieuw."))
    other = place + (-1 if direction == UP else 1)
    if not 0 <= other < len(questions):
        raise DomainError(_("Deze vraag kan niet verder die kant op."))
    questions[place], questions[other] = questions[other], questions[place]
    for number, one in enumerate(questions, start=1):
        one.position = number
    ScanQuestion.objects.bulk_update(questions, ["position"])
    record("move_question", question, by=by)
    return questions[other]


@transaction.atomic
def delete_question(question: ScanQuestion, *, by: User | None) -> None:
    record("delete_question", question, by=by)
    question.delete()


def known_chapters(chapters: Sequence[str]) -> list[str]:
    """In the order of the method; at least one."""
    known = [name for name in Chapter.values if name in chapters]
    if not known:
        raise DomainError(_("Kies ten minste één hoofdstuk."), "chapters")
    return known


def lock_order(project: Project) -> None:
    """One change of the order at a time (on SQLite every transaction that writes already is)."""
    Project.objects.select_for_update().filter(pk=project.pk).values_list("pk").first()
