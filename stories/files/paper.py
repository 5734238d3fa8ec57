"""The form on paper: the questions of the public form, and those about the teller on a sheet of their own."""

from django.template.loader import render_to_string
from django.utils import translation

from core.pdf import render_pdf
from projects.models import Project
from stories.files.making import Made, Progress
from stories.files.poster import form_address, printed_door
from stories.forms.telling import TellForm
from stories.models import Language, StoryFile

STORY_LINES, CHANGE_LINES = 13, 4


def paper_html(project: Project, language: Language, return_to: str = "") -> str:
    """The words of the questions are those of the form itself, so that paper and telephone ask the same."""
    with translation.override(language):
        context = {
            "project": project,
            "language": language,
            "form": TellForm(project=project, language=language),
            "story_lines": range(STORY_LINES),
            "change_lines": range(CHANGE_LINES),
            "return_to": return_to,
            "door": printed_door(form_address(project, language)),
        }
        return render_to_string("stories/files/paper.html", context)


def paper_pdf(file: StoryFile, progress: Progress) -> Made:
    html = paper_html(file.project, Language(file.language), str(file.options.get("return_to", "")))
    progress(30, 100, translation.gettext("De bladzijden opmaken"))
    return Made(render_pdf(html).data)
