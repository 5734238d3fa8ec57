"""Taking a step of coding back: all of it, or nothing with a reason why not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.cas import swap
from core.errors import Conflict
from core.records import record
from projects.models import User
from stories.actions.steps import Verb, existing, kept_codings, note_step, person, put_codings
from stories.models import CodingStep, Quote, QuoteTheme, Story, Theme


@transaction.atomic
def undo_step(step: CodingStep, *, by: Any) -> CodingStep:
    """Raises Conflict when it was taken back before, or when what it touched has changed since."""
    if step.verb not in UNDO:
        raise Conflict(_("Deze stap kan niet terug."))
    if step.undone:
        raise Conflict(_("Deze stap is al teruggedraaid."))
    swap(step, {"undone": False}, {"undone": True})
    UNDO[step.verb](step)
    note_step(step.project_id, Verb.UNDO, {"step": step.pk, "verb": step.verb}, by=by)
    record("undo", step, by=by)
    return step


def changed(why: str) -> Conflict:
    return Conflict(why + " " + _("Daarom kan deze stap niet meer terug."))


def undo_quote(step: CodingStep) -> None:
    """The quote goes, unless somebody else gave it a theme or something rests on it by now."""
    quote = quote_of(step)
    own = QuoteTheme.objects.filter(coded_by=step.by_id, theme__in=step.before["added"])
    if quote.codings.exclude(pk__in=own.values("pk")).exists():
        raise changed(_("Het citaat kreeg intussen andere thema’s."))
    if rests_on(quote):
        raise changed(_("Een inzicht rust intussen op dit citaat."))
    quote.delete()
    forget_themes(step.before["themes"])


def rests_on(quote: Quote) -> bool:
    """Something outside coding uses this quote."""
    links = (one for one in Quote._meta.related_objects if one.many_to_many)
    return any(getattr(quote, str(link.get_accessor_name())).exists() for link in links)


def undo_code(step: CodingStep) -> None:
    quote = quote_of(step)
    old, new = step.before["chapter"]
    if quote.chapter != new:
        raise changed(_("Het hoofdstuk van het citaat is intussen veranderd."))
    mine = QuoteTheme.objects.filter(quote=quote, coded_by=step.by_id)
    now = set(mine.values_list("theme_id", flat=True))
    if not set(step.before["added"]) <= now or now & set(step.before["removed"]):
        raise changed(_("De thema’s van het citaat zijn intussen veranderd."))
    mine.filter(theme_id__in=step.before["added"]).delete()
    put_codings([quote.pk, pk, step.by_id, step.at.isoformat()] for pk in step.before["removed"])
    Quote.objects.filter(pk=quote.pk).update(chapter=old)
    forget_themes(step.before["themes"])


def quote_of(step: CodingStep) -> Quote:
    quote = Quote.objects.filter(pk=step.before["quote"], story__project=step.project_id).first()
    if quote is None:
        raise changed(_("Dit citaat is er niet meer."))
    return quote


def forget_themes(ids: list[int]) -> None:
    """Themes made in this step go with it, when nobody used or changed them."""
    Theme.objects.filter(pk__in=ids, version=1, codings=None).delete()


def undo_delete_quote(step: CodingStep) -> None:
    kept = step.before
    story = Story.objects.of(step.project).published().filter(pk=kept["story"]).first()
    if story is None:
        raise changed(_("Dit verhaal is niet meer openbaar."))
    if len(story.text) != kept["length"]:
        raise changed(_("Er zijn intussen woorden uit het verhaal weggelaten."))
    quote, made = Quote.objects.get_or_create(
        story=story,
        start=kept["start"],
        end=kept["end"],
        defaults={
            "chapter": kept["chapter"],
            "made_by": person(kept["made_by"]),
            "made_at": datetime.fromisoformat(kept["made_at"]),
        },
    )
    if not made:
        raise changed(_("Dit citaat is intussen opnieuw gemaakt."))
    put_codings([quote.pk, *rest] for _old, *rest in kept["codings"])


def undo_add(step: CodingStep) -> None:
    gone, _each = Theme.objects.filter(pk=step.before["theme"], version=1, codings=None).delete()
    if not gone:
        raise changed(_("Het thema is intussen gebruikt of veranderd."))


def undo_edit(step: CodingStep) -> None:
    kept = step.before["theme"]
    theme = Theme.objects.filter(pk=kept["id"], version=kept["version"] + 1).first()
    if theme is None:
        raise changed(_("Het thema is intussen opnieuw veranderd."))
    check_names(step, [kept])
    set_back(theme, kept, "name", "description", "chapter")


def undo_delete(step: CodingStep) -> None:
    put_themes(step, [step.before["theme"]])
    put_codings(step.before["codings"])


def undo_merge(step: CodingStep) -> None:
    """Both are back, with what each had; refused once the theme that stayed was used or changed."""
    kept = step.before
    theme = Theme.objects.filter(pk=kept["into"], version=kept["version"]).first()
    expected = {(quote, coder) for quote, _theme, coder, _at in kept["codings"]}
    if theme is None or not as_left(theme, expected):
        raise changed(_("Met het samengevoegde thema is intussen verder gewerkt."))
    put_themes(step, kept["themes"])
    theme.codings.all().delete()
    put_codings(kept["codings"])
    set_back(theme, {"version": theme.version - 1})


def undo_split(step: CodingStep) -> None:
    kept = step.before
    source = Theme.objects.filter(pk=kept["from"]["id"]).first()
    target = Theme.objects.filter(pk=kept["into"]).first()
    if source is None or target is None:
        raise changed(_("Een van de thema’s is er niet meer."))
    quotes = {row[0] for row in kept["moved"]}
    expected = {(quote, coder) for quote, _theme, coder, _at in [*kept["moved"], *kept["there"]]}
    if not as_left(target, expected, quotes) or source.codings.filter(quote_id__in=quotes).exists():
        raise changed(_("Met deze citaten is intussen verder gewerkt."))
    target.codings.filter(quote_id__in=quotes).delete()
    put_codings([*kept["moved"], *kept["there"]])
    if kept["made"]:
        forget_themes([target.pk])


def as_left(theme: Theme, expected: set[tuple[int, int | None]], quotes: set[int] | None = None) -> bool:
    """The theme has the codings that the step left. Quotes that are gone do not count, and a coder who
    is gone is nobody."""
    rows = theme.codings.all() if quotes is None else theme.codings.filter(quote_id__in=quotes)
    now = {(quote, coder) for quote, _theme, coder, _at in kept_codings(rows)}
    there = existing(Quote.objects.all(), {quote for quote, _coder in expected})
    people = existing(User.objects.all(), {coder for _quote, coder in expected if coder})
    left = {(quote, coder if coder in people else None) for quote, coder in expected if quote in there}
    return now == left


def undo_import(step: CodingStep) -> None:
    for kept in step.before["changed"]:
        theme = Theme.objects.filter(pk=kept["id"], version=kept["version"] + 1).first()
        if theme is None:
            raise changed(_("Een thema uit het bestand is intussen veranderd."))
        set_back(theme, kept, "description", "chapter")
    made = Theme.objects.filter(pk__in=step.before["made"], version=1, codings=None)
    if made.count() != len(step.before["made"]):
        raise changed(_("Een thema uit het bestand is intussen gebruikt of veranderd."))
    made.delete()


def put_themes(step: CodingStep, kept: list[dict[str, Any]]) -> None:
    """Under their old number, so that earlier steps find them again."""
    check_names(step, kept)
    for one in kept:
        Theme.objects.create(
            pk=one["id"],
            project=step.project,
            name=one["name"],
            description=one["description"],
            chapter=one["chapter"],
            created_by=person(one["created_by"]),
            created_at=datetime.fromisoformat(one["created_at"]),
            version=one["version"],
        )


def set_back(theme: Theme, kept: dict[str, Any], *names: str) -> None:
    """To what it was, its version too: earlier steps and open forms start from that again."""
    swap(theme, {"version": theme.version}, {name: kept[name] for name in (*names, "version")})


def check_names(step: CodingStep, kept: list[dict[str, Any]]) -> None:
    ids = [one["id"] for one in kept]
    others = Theme.objects.of(step.project).exclude(pk__in=ids)
    taken = {name.lower() for name in others.values_list("name", flat=True)}
    if any(one["name"].lower() in taken for one in kept):
        raise changed(_("Een ander thema heet intussen zo."))


UNDO: dict[str, Callable[[CodingStep], None]] = {
    Verb.QUOTE: undo_quote,
    Verb.CODE: undo_code,
    Verb.DELETE_QUOTE: undo_delete_quote,
    Verb.ADD: undo_add,
    Verb.EDIT: undo_edit,
    Verb.DELETE: undo_delete,
    Verb.MERGE: undo_merge,
    Verb.SPLIT: undo_split,
    Verb.IMPORT: undo_import,
}
