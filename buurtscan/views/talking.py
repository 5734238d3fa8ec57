from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtscan.actions import marks as actions
from buurtscan.catalogue import CATALOGUE
from buurtscan.forms.talking import HideForm, MarkForm
from buurtscan.models import FigureMark, HiddenFigure
from buurtscan.pages import Cell
from buurtscan.talking import Marks, cells_of, marks_of
from core.http import attempt, form_status, page_or_part, wants_part
from projects.access import Access, May, gate

PAGE = "buurtscan/talking/mark.html"


@require_http_methods(["GET", "HEAD", "POST"])
def scan_mark(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """What the members say of a figure; the form for one's own zorg or kans for who may write."""
    access = gate(request, slug, May.READ if request.method in ("GET", "HEAD") else May.EDIT)
    figure = own_figure(access, indicator)
    mine = current_marks(access, indicator).mine
    form = MarkForm(request.POST) if request.method == "POST" else MarkForm.of(mine)
    kept = attempt(form, actions.mark_figure, access.project, indicator, by=access.user)
    if kept:
        return told(request, access, figure, _("Bewaard: u noemt dit een %(kind)s.") % {"kind": kept.kind})
    if form_status(form) == 409:
        form.renew("version", mine.version if mine else 0)
    return mark_page(request, access, figure, None if "dicht" in request.GET else form)


@require_POST
def scan_mark_remove(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    figure = own_figure(access, indicator)
    gone = actions.remove_mark(access.project, indicator, by=access.user)
    return told(request, access, figure, _("Uw merk is weg.") if gone else _("Uw merk was al weg."))


@require_POST
def scan_figure_hide(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """Out of the presentation, or in it again; the page of the chapter shows it all the same."""
    access = gate(request, slug, May.EDIT)
    figure, form = own_figure(access, indicator), HideForm(request.POST)
    if not form.is_valid():
        return mark_page(request, access, figure, MarkForm.of(None), status=422)
    if form.cleaned_data["hidden"] == "1":
        actions.hide_figure(access.project, indicator, by=access.user)
        return told(request, access, figure, _("Dit cijfer komt niet in de presentatie."))
    actions.show_figure(access.project, indicator, by=access.user)
    return told(request, access, figure, _("Dit cijfer komt weer in de presentatie."))


def own_figure(access: Access, indicator: str) -> Cell:
    if indicator not in CATALOGUE:
        raise Http404
    cell = cells_of(access.project, [indicator]).get(indicator)
    if cell is None:
        raise Http404
    return cell


def current_marks(access: Access, indicator: str) -> Marks:
    return marks_of(FigureMark.objects.of(access.project).for_page([indicator]), access.user)


def told(request: HttpRequest, access: Access, figure: Cell, message: str) -> HttpResponse:
    """The closed row with a spoken message, or without JavaScript the page of the chapter."""
    if wants_part(request):
        return mark_page(request, access, figure, None, said=message)
    messages.success(request, message)
    return redirect("scan_chapter", access.project.slug, figure.figure.chapter)


def mark_page(
    request: HttpRequest,
    access: Access,
    figure: Cell,
    form: MarkForm | None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """With a form: open; without: the row as it stands on the page of the chapter."""
    indicator = CATALOGUE[figure.figure.indicator]
    context = {
        "access": access,
        "project": access.project,
        "figure": figure,
        "indicator": indicator,
        "chapter": indicator.chapter,
        "marks": current_marks(access, indicator.id),
        "hidden": HiddenFigure.objects.filter(project=access.project, indicator=indicator.id).exists(),
        "form": form,
        "said": said,
        "part": wants_part(request),
    }
    status = form_status(form) if form and status == 200 else status
    return page_or_part(request, PAGE, context, part="marks", status=status)
