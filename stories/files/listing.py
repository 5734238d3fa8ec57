"""The files of a project as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.models import Job
from projects.models import Project
from stories.files.making import held_ids
from stories.models import Story, StoryFile

UNFINISHED = (Job.State.WAITING, Job.State.RUNNING)
SHOWN = 40


@dataclass(frozen=True)
class Form:
    """One kind as people know it: its word in the address, its file, and whether it has words of residents."""

    kind: str
    word: str
    ending: str
    content_type: str
    holds_stories: bool = True

    def file_name(self, slug: str, language: str) -> str:
        tail = "" if self.holds_stories else f"-{language}"
        return f"{slug}-{self.word}{tail}.{self.ending}"


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    form.kind: form
    for form in (
        Form(StoryFile.Kind.POSTER, "poster", "pdf", "application/pdf", holds_stories=False),
        Form(StoryFile.Kind.PAPER, "papieren-formulier", "pdf", "application/pdf", holds_stories=False),
        Form(StoryFile.Kind.BOOKLET, "boekje", "pdf", "application/pdf"),
        Form(StoryFile.Kind.QUOTES_XLSX, "citaten-excel", "xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        Form(StoryFile.Kind.QUOTES_DOCX, "citaten-word", "docx", f"{OFFICE}.wordprocessingml.document"),
    )
}
BY_WORD = {form.word: form for form in FORMS.values()}


@dataclass(frozen=True)
class Row:
    """One file that was asked for. `allowed` is False once a story in it is no longer public."""

    file: StoryFile
    allowed: bool

    @property
    def form(self) -> Form:
        return FORMS[self.file.kind]

    @property
    def job(self) -> Job:
        return self.file.job

    @property
    def busy(self) -> bool:
        return self.job.state in UNFINISHED

    @property
    def failed(self) -> bool:
        return self.job.state == Job.State.FAILED

    @property
    def ready(self) -> bool:
        return bool(self.file.file) and self.allowed

    @property
    def title(self) -> str:
        """The name its maker gave it, or its language."""
        return str(self.file.options.get("title", "")) or (
            "" if self.form.holds_stories else self.file.get_language_display()
        )


def printed_as(file: StoryFile) -> str:
    """What a teller reads later: "verhalenboekje (PDF) “Onze buurt”"; at most 120 signs."""
    title = str(file.options.get("title", ""))
    name = str(StoryFile.Kind(file.kind).label)
    return f"{name} “{title}”"[:120] if title else name


def rows_of(project: Project, *, without_stories: bool = False) -> list[Row]:
    """The newest first; with `without_stories` only what has no words of residents. Two queries."""
    files = StoryFile.objects.of(project).for_list()
    if without_stories:
        files = files.filter(kind__in=[form.kind for form in FORMS.values() if not form.holds_stories])
    found = list(files[:SHOWN])
    public = public_ids(story_id for file in found for story_id in held_ids(file.holds))
    return [Row(file, public.issuperset(held_ids(file.holds))) for file in found]


def public_ids(wanted: Iterable[int]) -> frozenset[int]:
    asked = set(wanted)
    return frozenset(Story.objects.published().filter(pk__in=asked).values_list("pk", flat=True))
