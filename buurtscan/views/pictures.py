from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtscan.actions import pictures as actions
from buurtscan.deepening import pictures_for
from buurtscan.forms.policy import EditPictureForm, PictureForm
from buurtscan.views.deepening import asked_chapter
from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from core.pictures import small_name
from core.private import read_file
from projects.access import May, gate

PICTURES_SHOWN = 24


@require_safe
def scan_pictures(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    page = page_of(request, pictures_for(access), PICTURES_SHOWN)
    context = {"access": access, "project": access.project, "page": page}
    return render(request, "buurtscan/deepening/pictures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_picture_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = PictureForm(posted(request), request.FILES or None, initial={"chapter": asked_chapter(request)})
    picture = attempt(form, actions.add_picture, access.project, by=access.user)
    if picture is not None:
        return redirect("scan_picture", slug, picture.pk)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, "buurtscan/deepening/picture_add.html", context, status=form_status(form))


@require_safe
def scan_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The map, large, with the question to talk about; while it is made, how far that is."""
    access = gate(request, slug)
    picture = get_object_or_404(pictures_for(access), pk=pk)
    context = {"access": access, "project": access.project, "picture": picture, "job": picture.job}
    return page_or_part(request, "buurtscan/deepening/picture.html", context, part="kaart")


@require_http_methods(["GET", "HEAD", "POST"])
def scan_picture_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    picture = get_object_or_404(pictures_for(access), pk=pk)
    mark = actions.mark_of(picture)
    form = EditPictureForm(posted(request), instance=picture, initial={"mark": mark})
    if attempt(form, actions.edit_picture, picture, by=access.user):
        messages.success(request, _("De verandering is bewaard."))
        return redirect("scan_picture", slug, pk)
    if form.conflict:
        form.data = {**form.data.dict(), "mark": mark}
    context = {"access": access, "project": access.project, "form": form, "picture": picture}
    return render(request, "buurtscan/deepening/picture_edit.html", context, status=form_status(form))


@require_safe
def scan_picture_file(request: HttpRequest, slug: str, pk: int, size: str = "groot") -> HttpResponse:
    access = gate(request, slug)
    picture = get_object_or_404(pictures_for(access), pk=pk)
    name = small_name(picture.file) if size == "klein" else picture.file
    data = read_file(name) if picture.file else b""
    if not data:
        raise Http404
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="kaart.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def scan_picture_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    if request.method == "POST":
        picture = pictures_for(access).filter(pk=pk).first()
        if picture is not None:
            actions.delete_picture(picture, by=access.user)
        messages.success(request, _("Het kaartbeeld is weg."))
        return redirect("scan_pictures", slug)
    picture = get_object_or_404(pictures_for(access), pk=pk)
    context = {"access": access, "project": access.project, "picture": picture}
    return render(request, "buurtscan/deepening/picture_delete.html", context)
