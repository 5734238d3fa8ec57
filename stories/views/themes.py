"""The codebook: the themes of a project, and the quotes of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.http import attempt, form_status, page_or_part, posted
from core.pages import page_of
from projects.access import Access, May, gate
from projects.models import User
from stories.actions.themes import add_theme, delete_theme, edit_theme
from stories.coding.agreement import agreement_on
from stories.forms.themes import QuoteFilter, ThemeFilter, ThemeForm
from stories.models import Quote, QuoteTheme, Theme
from stories.views.coding import coding_context


@require_safe
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug)
    form = ThemeFilter(request.GET)
    every = Theme.objects.of(access.project)
    context = {
        **coding_context(access),
        "form": form,
        "page": page_of(request, form.narrow(every)),
        "total": every.count(),
    }
    return page_or_part(request, "stories/themes.html", context, part="themas", status=form_status(form))


@require_safe
def theme(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One theme and all its quotes."""
    access = gate(request, slug)
    one = counted_or_404(access, pk)
    given = QuoteTheme.objects.filter(theme=one)
    coders = list(User.objects.filter(pk__in=given.order_by().values("coded_by")).order_by("name", "pk"))
    form = QuoteFilter(request.GET, coders=coders)
    quotes = Quote.objects.published().filter(pk__in=of_theme(one, form).values("quote"))
    if chapter := form.wanted().get("hoofdstuk"):
        quotes = quotes.about(chapter)
    if feeling := form.wanted().get("gevoel"):
        quotes = quotes.filter(story__feeling=feeling)
    context = {
        **coding_context(access),
        "theme": one,
        "form": form,
        "agreement": agreement_on(one),
        "page": page_of(request, quotes.for_choice().with_codings()),
    }
    return page_or_part(request, "stories/theme.html", context, part="citaten", status=form_status(form))


def counted_or_404(access: Access, pk: int) -> Theme:
    found = Theme.objects.of(access.project).filter(pk=pk).with_counts()
    if not found:
        raise Http404
    return found[0]


def of_theme(one: Theme, form: QuoteFilter) -> Any:
    given = QuoteTheme.objects.filter(theme=one).order_by()
    coder = form.wanted().get("codeur")
    return given.filter(coded_by=coder) if coder else given


@require_http_methods(["GET", "HEAD", "POST"])
def theme_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    form = ThemeForm(posted(request))
    if attempt(form, add_theme, access.project, by=access.user):
        messages.success(request, _("Het thema is gemaakt."))
        return redirect("themes", slug)
    return theme_form(request, access, form)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    one = get_object_or_404(Theme.objects.of(access.project), pk=pk)
    form = ThemeForm(posted(request), instance=one, initial={"version": one.version})
    if attempt(form, edit_theme, one, by=access.user):
        messages.success(request, _("Het thema is veranderd."))
        return redirect("theme", slug, pk)
    if form.is_bound and form.conflict:
        form.start_from(one)
    return theme_form(request, access, form, one)


def theme_form(
    request: HttpRequest, access: Access, form: ThemeForm, one: Theme | None = None
) -> HttpResponse:
    context = {"access": access, "project": access.project, "form": form, "theme": one}
    return render(request, "stories/theme_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = gate(request, slug, May.EDIT)
    rows = Theme.objects.of(access.project)
    if request.method == "POST":
        one = rows.filter(pk=pk).first()
        if one is not None:
            delete_theme(one, by=access.user)
        messages.success(request, _("Het thema is weg. De citaten staan er nog."))
        return redirect("themes", slug)
    one = counted_or_404(access, pk)
    context = {"access": access, "project": access.project, "theme": one}
    return render(request, "stories/theme_delete.html", context)
