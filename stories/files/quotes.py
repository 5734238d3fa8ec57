"""The quotes with their themes, in Excel and in Word."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from stories.coding.document import quotes_docx
from stories.coding.quote_rows import rows_of
from stories.coding.workbook import quotes_xlsx
from stories.files.making import Made, Progress
from stories.models import StoryFile


def quotes_file(file: StoryFile, progress: Progress, make: Callable[..., bytes]) -> Made:
    """Raises DomainError when no quote fits what was asked."""
    chosen = file.options
    rows, stories = rows_of(file.project, theme=chosen.get("theme"), chapter=str(chosen.get("chapter", "")))
    if not rows:
        raise DomainError(_("Er is geen citaat dat hierbij past. Kies ruimer."))
    progress(30, 100, _("Het bestand opmaken"))
    title = _("Citaten uit %(project)s") % {"project": file.project.name}
    data = make(rows, title=title, made_on=timezone.localdate(file.created_at))
    return Made(data, stories)


def workbook(file: StoryFile, progress: Progress) -> Made:
    return quotes_file(file, progress, quotes_xlsx)


def document(file: StoryFile, progress: Progress) -> Made:
    return quotes_file(file, progress, quotes_docx)
