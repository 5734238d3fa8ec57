"""The poster with the QR code of the public form."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.pdf import render_pdf
from projects.models import Project
from stories.files.making import Made, Progress
from stories.models import Language, StoryFile


def form_address(project: Project, language: Language) -> str:
    """In Dutch the first screen, where a teller chooses; else the form in that language at once."""
    if language == Language.NL:
        return settings.SITE_URL + reverse("story_form", args=[project.slug])
    return settings.SITE_URL + reverse("story_tell", args=[project.slug, language.value])


def qr_picture(address: str, title: str) -> str:
    """An SVG to put in a page; every square is drawn, so that it prints sharp at any size."""
    return str(segno.make(address, error="m").svg_inline(scale=6, border=2, title=title, omitsize=True))


def printed_door(address: str) -> dict[str, str]:
    """The address as people type it, and as a QR code. In the language of now."""
    title = translation.gettext("QR-code van het verhalenformulier")
    return {"address": address.split("://", 1)[-1].rstrip("/"), "picture": qr_picture(address, title)}


def poster_html(project: Project, language: Language) -> str:
    with translation.override(language):
        context = {
            "project": project,
            "language": language,
            "door": printed_door(form_address(project, language)),
        }
        return render_to_string("stories/files/poster.html", context)


def poster_pdf(file: StoryFile, progress: Progress) -> Made:
    html = poster_html(file.project, Language(file.language))
    progress(30, 100, translation.gettext("De bladzijde opmaken"))
    return Made(render_pdf(html).data)
