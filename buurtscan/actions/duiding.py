"""What the kernteam sees in a chapter, with its history; and what was noticed in the room."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtscan.models import Duiding, ScanNote
from core.errors import Conflict, DomainError
from core.records import record
from projects.models import Project, User


@transaction.atomic
def write_duiding(project: Project, chapter: str, *, number: int, text: str, by: User | None) -> Duiding:
    """Append a text; `number` is that of the text it started from, 0 for none. An empty one takes it away."""
    newest = Duiding.objects.of(project).history(chapter).first()
    if (newest.number if newest else 0) != number:
        if newest and newest.text == text and newest.author_id == getattr(by, "pk", None):
            return newest
        raise Conflict(
            _("Iemand anders schreef intussen een andere duiding. Hieronder staan die tekst en die van u.")
        )
    if text == (newest.text if newest else ""):
        raise DomainError(_("Er is niets veranderd."), "text")
    return append(project, chapter, number + 1, text, by)


def append(project: Project, chapter: str, number: int, text: str, by: User | None) -> Duiding:
    try:
        with transaction.atomic():
            duiding = Duiding.objects.create(
                project=project, chapter=chapter, number=number, text=text, author=by
            )
    except IntegrityError:
        raise Conflict(
            _("Iemand anders schreef intussen een andere duiding. Hieronder staan die tekst en die van u.")
        ) from None
    record("write_duiding", duiding, by=by)
    return duiding


@transaction.atomic
def restore_duiding(project: Project, chapter: str, *, older: int, number: int, by: User | None) -> Duiding:
    """Make an older text the newest again, as a new row. `number` is the newest that the user saw."""
    row = Duiding.objects.of(project).filter(chapter=chapter, number=older).first()
    if row is None:
        raise DomainError(_("Die tekst bestaat niet."))
    return write_duiding(project, chapter, number=number, text=row.text, by=by)


@transaction.atomic
def add_note(project: Project, *, chapter: str, text: str, key: UUID, by: User | None) -> ScanNote:
    """The same `key` once more is the same note."""
    try:
        with transaction.atomic():
            note = ScanNote.objects.create(project=project, chapter=chapter, text=text, key=key, noted_by=by)
    except IntegrityError:
        return same_note(project, key)
    record("add_note", note, by=by)
    return note


def same_note(project: Project, key: UUID) -> ScanNote:
    note = ScanNote.objects.filter(project=project, key=key).first()
    if note is None:
        raise Conflict(_("Dit formulier is al gebruikt. Open het opnieuw.")) from None
    return note


@transaction.atomic
def remove_note(note: ScanNote, *, by: User | None) -> None:
    """The text is gone from here; only the page that answers can still put it back."""
    record("remove_note", note, by=by)
    note.delete()
