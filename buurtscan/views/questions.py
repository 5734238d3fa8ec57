from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtscan.actions import questions as actions
from buurtscan.forms.talking import AnswerForm, EditQuestionForm, MoveForm, QuestionForm
from buurtscan.models import ScanQuestion
from buurtscan.talking import asked, cells_of, figure_choices, overview_context
from core.errors import DomainError
from core.http import attempt, form_status, page_or_part, posted
from projects.access import Access, May, gate
from projects.chapters import Chapter

FORM = "buurtscan/talking/question_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def scan_question_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    chapter = request.GET.get("hoofdstuk", "")
    start = {"chapters": [chapter] if chapter in Chapter.values else []}
    form = QuestionForm(posted(request), initial=start)
    question = attempt(form, actions.add_question, access.project, by=access.user)
    if question:
        messages.success(request, _("Uw vraag is bewaard. Kies nu de cijfers die er iets over zeggen."))
        return redirect("scan_question_answer", slug, question.pk)
    context = {"access": access, "project": access.project, "form": form}
    return render(request, FORM, context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def scan_question_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    question = own_question(access, pk)
    form = EditQuestionForm(request.POST) if request.method == "POST" else EditQuestionForm.of(question)
    if attempt(form, actions.edit_question, question, by=access.user):
        messages.success(request, _("De vraag is veranderd."))
        return back_to_overview(slug)
    return question_page(request, access, FORM, form, question)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_question_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    question = own_question(access, pk)
    choices = figure_choices(access.project, question)
    post = request.method == "POST"
    form = AnswerForm(choices, request.POST) if post else AnswerForm.of(question, choices)
    if attempt(form, actions.answer_question, question, by=access.user):
        messages.success(
            request, _("Het antwoord is bewaard. Het staat nu bij de hoofdstukken van de vraag.")
        )
        return redirect("scan_chapter", slug, question.chapters[0])
    return question_page(request, access, "buurtscan/talking/question_answer.html", form, question)


@require_POST
def scan_question_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    question, form = own_question(access, pk), MoveForm(request.POST)
    if not form.is_valid():
        return questions_list(request, access, _("Kies omhoog of omlaag."), status=422)
    try:
        actions.move_question(question, by=access.user, **form.cleaned_data)
    except DomainError as refusal:
        return questions_list(request, access, refusal.message, status=409)
    return questions_list(request, access, moved=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_question_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = ScanQuestion.objects.of(access.project)
    if request.method == "POST":
        question = rows.filter(pk=pk).first()
        if question is not None:
            actions.delete_question(question, by=access.user)
        messages.success(request, _("De vraag is weg."))
        return back_to_overview(slug)
    context = {"access": access, "project": access.project, "question": get_object_or_404(rows, pk=pk)}
    return render(request, "buurtscan/talking/question_delete.html", context)


def own_question(access: Access, pk: int) -> ScanQuestion:
    return get_object_or_404(ScanQuestion.objects.of(access.project), pk=pk)


def back_to_overview(slug: str) -> HttpResponse:
    return redirect("buurtscan", slug)


def question_page(
    request: HttpRequest,
    access: Access,
    template: str,
    form: EditQuestionForm | AnswerForm,
    question: ScanQuestion,
) -> HttpResponse:
    """After a conflict: what is there now stands beside what was typed, and the next click starts from it."""
    status = form_status(form)
    if status == 409:
        question.refresh_from_db()
        form.renew("version", question.version)
    context = {
        "access": access,
        "project": access.project,
        "form": form,
        "question": question,
        "asked": asked(question, cells_of(access.project, question.indicators)),
        "taken": status == 409,
    }
    return render(request, template, context, status=status)


def questions_list(
    request: HttpRequest, access: Access, refusal: str = "", *, moved: int = 0, status: int = 200
) -> HttpResponse:
    """The list in its new order: as a part, or as a page of its own without JavaScript."""
    context = {
        "access": access,
        "project": access.project,
        "refusal": refusal,
        "moved": moved,
        **overview_context(access),
    }
    template = "buurtscan/talking/questions.html"
    return page_or_part(request, template, context, part="vragen", status=status)
