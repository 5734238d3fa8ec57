"""The worker makes a file of stories: each kind has its maker."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.private import forget_file, keep_file
from stories.actions.files import forget_older, name_of
from stories.files import quotes
from stories.files.booklet import booklet_pdf
from stories.files.making import Made, Progress, may_be_shown
from stories.files.paper import paper_pdf
from stories.files.poster import poster_pdf
from stories.models import StoryFile

type Maker = Callable[[StoryFile, Progress], Made]
MAKERS: dict[str, Maker] = {
    StoryFile.Kind.POSTER: poster_pdf,
    StoryFile.Kind.PAPER: paper_pdf,
    StoryFile.Kind.BOOKLET: booklet_pdf,
    StoryFile.Kind.QUOTES_XLSX: quotes.workbook,
    StoryFile.Kind.QUOTES_DOCX: quotes.document,
}


def render_file(file: StoryFile, *, progress: Progress) -> StoryFile:
    """Make the file. Again gives the same file in the same place: a killed worker leaves no rubbish.

    Raises DomainError when a story in it was taken back or changed while it was made.
    """
    progress(0, 100, _("Alles bij elkaar zoeken"))
    made = MAKERS[file.kind](file, progress)
    progress(95, 100, _("Het bestand bewaren"))
    file.file = name_of(file)
    file.size, file.holds = len(made.data), made.holds
    keep_file(file.file, made.data)
    with transaction.atomic():
        kept = StoryFile.objects.select_for_update().filter(pk=file.pk)
        public = may_be_shown(file.holds) and kept.exists()
        if public:
            file.save(update_fields=["file", "size", "holds"])
    if not public:
        forget_file(file.file)
        raise DomainError(
            _("Een verhaal veranderde terwijl het bestand werd gemaakt. Vraag het opnieuw aan.")
        )
    forget_older(file)
    return file
