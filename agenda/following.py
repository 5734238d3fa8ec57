"""What became of stories: for the teller of one, and for everybody of all together.

A teller sees no more than that: nobody's name, no story of another, no point that is still in concept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.evidence import SupportLine, support_lines
from agenda.models import Agendapunt, Inzicht
from projects.models import Project
from stories.actions.withdrawing import handed_out
from stories.models import QuoteTheme, Story, Theme

FEW = 5  # a theme with fewer stories is not counted in public
MOST = 12  # themes
State = Story.State
Stand = Agendapunt.State
STATES: dict[str, tuple[str | Promise, str | Promise]] = {
    State.SUBMITTED: (_("Nog niet gelezen"), _("Uw verhaal wacht op een moderator.")),
    State.SPOKEN: (_("Nog niet uitgetypt"), _("Iemand luistert naar uw verhaal en typt het uit.")),
    State.HELD: (_("Nog niet openbaar"), _("Een moderator wil er nog eens naar kijken.")),
    State.SECOND: (_("Gelezen, nog niet openbaar"), _("Een tweede moderator leest het ook.")),
    State.CARE: (
        _("Gelezen, niet openbaar"),
        _("Een moderator heeft uw verhaal gelezen en bewaart het apart."),
    ),
    State.PUBLISHED: (_("Openbaar"), _("Uw verhaal staat, zonder uw naam, bij de verhalen van de buurt.")),
    State.REJECTED: (_("Niet geplaatst"), _("Een moderator las uw verhaal en plaatste het niet.")),
}


@dataclass(frozen=True)
class FollowedPoint:
    """A point of the agenda that rests on the story. `answer` is why it is not done, where somebody said so."""

    title: str
    agreed: bool
    wat: str
    waar: str
    wanneer: str
    trekker: str
    answer: str
    answered_by: str


@dataclass(frozen=True)
class FollowedInzicht:
    title: str
    text: str
    points: tuple[FollowedPoint, ...]
    in_concept: bool


@dataclass(frozen=True)
class Followed:
    """One story as its teller sees it."""

    story: Story
    stand: str
    meaning: str
    reason: str
    themes: tuple[str, ...]
    quotes: int
    inzichten: tuple[FollowedInzicht, ...]
    support: tuple[SupportLine, ...]
    handed_out: tuple[str, ...]


def followed(story: Story) -> Followed:
    """Themes and inzichten count while the story is public: what is taken back is used nowhere."""
    stand, meaning = STATES[story.state]
    public = story.is_published
    return Followed(
        story=story,
        stand=str(stand),
        meaning=str(meaning),
        reason=story.get_reason_display() if story.state == State.REJECTED else "",
        themes=tuple(themes_of(story)) if public else (),
        quotes=story.quotes.count() if public else 0,
        inzichten=tuple(map(followed_inzicht, inzichten_of(story))) if public else (),
        support=support_lines(story.support.all()) if public else (),
        handed_out=tuple(handed_out(story)),
    )


def themes_of(story: Story) -> Iterable[str]:
    return Theme.objects.filter(quotes__story=story).distinct().values_list("name", flat=True)


def inzichten_of(story: Story) -> Iterable[Inzicht]:
    points = Agendapunt.objects.select_related("trekker", "idea")
    found = Inzicht.objects.filter(quotes__story=story).distinct()
    return found.prefetch_related(Prefetch("agendapunten", points))


def followed_inzicht(inzicht: Inzicht) -> FollowedInzicht:
    points = list(inzicht.agendapunten.all())
    return FollowedInzicht(
        title=inzicht.title,
        text=inzicht.text,
        points=tuple(followed_point(point) for point in points if point.state != Stand.CONCEPT),
        in_concept=any(point.state == Stand.CONCEPT for point in points),
    )


def followed_point(point: Agendapunt) -> FollowedPoint:
    agreed = point.state == Stand.AFGESPROKEN
    return FollowedPoint(
        title=point.title,
        agreed=agreed,
        wat=point.wat if agreed else "",
        waar=point.waar,
        wanneer=point.wanneer,
        trekker=point.trekker.name if point.trekker else "",
        answer=point.idea.answer if point.idea else "",
        answered_by=point.idea.answered_by if point.idea else "",
    )


@dataclass(frozen=True)
class ThemeCount:
    name: str
    stories: int


@dataclass(frozen=True)
class WhatBecame:
    """Of all stories together: how many were told, read and published, and where they led."""

    told: int
    read: int
    published: int
    themes: tuple[ThemeCount, ...]
    inzichten: int
    points: int


def what_became_of(project: Project) -> WhatBecame:
    """Four queries. Themes with fewer than five published stories are left out."""
    counts = Story.objects.of(project).count_by_state()
    waiting = counts[State.SUBMITTED] + counts[State.SPOKEN]
    inzichten = Inzicht.objects.of(project).filter(quotes__story__state=State.PUBLISHED)
    points = Agendapunt.objects.of(project).agreed().filter(inzichten__quotes__story__state=State.PUBLISHED)
    return WhatBecame(
        told=sum(counts.values()),
        read=sum(counts.values()) - waiting,
        published=counts[State.PUBLISHED],
        themes=tuple(theme_counts(project)),
        inzichten=inzichten.distinct().count(),
        points=points.distinct().count(),
    )


def theme_counts(project: Project) -> Iterable[ThemeCount]:
    public = QuoteTheme.objects.filter(theme__project=project, quote__story__state=State.PUBLISHED)
    counted = public.order_by().values_list("theme__name").annotate(n=Count("quote__story", distinct=True))
    return [ThemeCount(*one) for one in counted.filter(n__gte=FEW).order_by("-n", "theme__name")[:MOST]]
