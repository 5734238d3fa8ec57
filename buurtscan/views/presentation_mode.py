from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtscan.actions import duiding as actions
from buurtscan.forms.talking import NoteForm
from buurtscan.projecting import FINAL, FIRST, Place, note_count, wall_of
from core.http import attempt, form_status, page_or_part, wants_part
from projects.access import Access, May, gate
from projects.chapters import Chapter


@require_safe
def scan_presentation(request: HttpRequest, slug: str) -> HttpResponse:
    """One screen for the projector; 204 when it asks again and no note came or went."""
    access = gate(request, slug, May.PRESENT)
    place = Place.of(request.GET)
    seen = request.GET.get("v")
    if seen and wants_part(request) and seen == note_count(access.project, place.chapter).version:
        return HttpResponse(status=204)
    form = fresh_form(place.chapter) if "notitie" in request.GET and place.chapter else None
    return wall_page(request, access, place, form)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_note_add(request: HttpRequest, slug: str) -> HttpResponse:
    """From the projector itself (with `scherm`), or from a phone or a second laptop."""
    access = gate(request, slug, May.PRESENT)
    place = Place.of(request.POST if request.method == "POST" else request.GET)
    form = NoteForm(request.POST) if request.method == "POST" else fresh_form(place.chapter)
    note = attempt(form, actions.add_note, access.project, by=access.user)
    if note:
        messages.success(request, _("De notitie is bewaard."))
        return redirect(way_back(access, place, note.chapter, "scherm" in request.POST))
    if "scherm" in request.POST and place.chapter:
        return wall_page(request, access, place, form)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "buurtscan/talking/note_form.html", context, status=form_status(form))


def fresh_form(chapter: str) -> NoteForm:
    return NoteForm(initial={"key": uuid4(), "chapter": chapter or Chapter.values[0]})


def way_back(access: Access, place: Place, chapter: str, projector: bool) -> str:
    name = "scan_presentation" if projector else "scan_note_add"
    query = place.query if projector else Place(chapter, "").query
    return reverse(name, args=[access.project.slug]) + query


def wall_page(request: HttpRequest, access: Access, place: Place, form: NoteForm | None) -> HttpResponse:
    context = {
        "access": access,
        "project": access.project,
        "wall": wall_of(access.project, place),
        "form": form,
        "first": FIRST,
        "final": FINAL,
        "chapters": Chapter.choices,
        "chapter_total": len(Chapter.values),
        "part": wants_part(request),
    }
    status = form_status(form) if form else 200
    return page_or_part(request, "buurtscan/presentation.html", context, part="scherm", status=status)
