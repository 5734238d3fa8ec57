"""After the end: cards become stories of the project, dots become support."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.actions import record_support
from core.errors import DomainError
from core.formats import dutch_date
from core.records import record
from projects.models import User
from stories.actions import story_from_card
from wijkwerksessie.actions import news
from wijkwerksessie.models import Card, Wijkwerksessie


@transaction.atomic
def publish_cards(sessie: Wijkwerksessie, *, chosen: Mapping[int, str], by: User) -> list[Card]:
    """Make stories of the chosen cards (id → chapter); returns the cards that became one now.

    A card that is published already, or hidden meanwhile, is passed over: no card becomes two stories.
    """
    if not chosen:
        raise DomainError(_("Kies ten minste één kaartje."))
    news.announce(sessie, news.for_screens())
    if not Wijkwerksessie.objects.filter(pk=sessie.pk, state=Wijkwerksessie.State.CLOSED).exists():
        raise DomainError(_("Sluit eerst de wijkwerksessie af. Daarna kunt u kaartjes publiceren."))
    cards = Card.objects.of(sessie).shown().filter(pk__in=chosen).with_dots().order_by("pk")
    return [card for card in cards if _publish(sessie, card, chosen[card.pk], by)]


def _publish(sessie: Wijkwerksessie, card: Card, about: str, by: User) -> bool:
    waiting = Card.objects.filter(pk=card.pk, state=Card.State.SHOWN)
    if not waiting.update(state=Card.State.PUBLISHED):
        return False
    story = story_from_card(sessie.project, text=card.text, about=about, by=by)
    Card.objects.filter(pk=card.pk).update(story=story)
    dots: int = card.dots  # type: ignore[attr-defined]
    if dots:
        record_support(
            sessie.project,
            story=story,
            votes=dots,
            occasion=occasion(sessie),
            held_on=sessie.held_on,
            by=by,
        )
    record("publish", card, by=by, project_id=sessie.project_id)
    return True


def occasion(sessie: Wijkwerksessie) -> str:
    """At most 160 characters."""
    when = dutch_date(sessie.held_on)
    return _("wijkwerksessie van %(when)s: %(title)s") % {"when": when, "title": sessie.title}
