"""What helps a project most now: at most three things, by rules, the most helpful first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

MOST = 3
MANY_STORIES = 5
TOLD_OFTEN = 2
LAST_DAYS = 14


@dataclass(frozen=True)
class VaguePoint:
    """An agendapunt in concept that lacks some of: waar, wanneer, wie."""

    title: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """Where a project stands, in counts; never a text of a resident."""

    running: bool = True
    days_left: int = 90
    missing_sides: tuple[str, ...] = ()
    has_moderator: bool = True
    stories_open: bool = True
    urgencies: int = 0
    urgency_kinds: frozenset[str] = frozenset()
    ripe: str = ""
    scanned: bool = False
    figure_chapters: frozenset[str] = frozenset()
    party_kinds: frozenset[str] = frozenset()
    forgotten_kinds: tuple[str, ...] = ()
    waiting: int = 0
    told: Mapping[str, int] = field(default_factory=dict)  # published stories by chapter
    inzichten: int = 0
    ideas: int = 0
    in_concept: int = 0
    agreed: int = 0
    vague: VaguePoint | None = None
    not_needed: frozenset[str] = frozenset()

    @property
    def published(self) -> int:
        return sum(self.told.values())


@dataclass(frozen=True)
class Help:
    """`kind` names a sentence and a link; `subjects` and `count` fill it."""

    kind: str
    subjects: tuple[str, ...] = ()
    count: int = 0


type Rule = Callable[[Situation], Help | None]


def stories_nobody_may_read(now: Situation) -> Help | None:
    return Help("unread", count=now.waiting) if now.waiting and not now.has_moderator else None


def not_the_time(now: Situation) -> Help | None:
    return Help("not_ripe") if now.ripe == "nee" else None


def kernteam_incomplete(now: Situation) -> Help | None:
    return Help("kernteam", now.missing_sides) if now.missing_sides else None


def time_is_short(now: Situation) -> Help | None:
    short = now.days_left <= LAST_DAYS and not now.agreed
    return Help("deadline", count=now.days_left) if short else None


def stories_wait(now: Situation) -> Help | None:
    return Help("waiting", count=now.waiting) if now.waiting and now.has_moderator else None


def no_scan(now: Situation) -> Help | None:
    return None if now.scanned else Help("scan")


def no_urgency(now: Situation) -> Help | None:
    return None if now.urgencies else Help("urgency")


def one_sided_urgency(now: Situation) -> Help | None:
    return Help("one_sided", tuple(now.urgency_kinds)) if len(now.urgency_kinds) == 1 else None


def no_moderator(now: Situation) -> Help | None:
    needed = now.stories_open and not now.has_moderator and not now.waiting
    return Help("moderator") if needed else None


def nobody_told(now: Situation) -> Help | None:
    quiet = now.stories_open and not now.published and not now.waiting
    return Help("stories") if quiet else None


def told_without_figure(now: Situation) -> Help | None:
    """Only once there is a scan: before it, every chapter lacks figures."""
    bare = {chapter: n for chapter, n in now.told.items() if chapter not in now.figure_chapters}
    often = max(bare, key=lambda chapter: (bare[chapter], chapter), default="")
    if not now.scanned or not often or bare[often] < TOLD_OFTEN:
        return None
    return Help("no_figure", (often,), bare[often])


def stories_without_inzicht(now: Situation) -> Help | None:
    many = now.published >= MANY_STORIES and not now.inzichten
    return Help("inzicht", count=now.published) if many else None


def vague_point(now: Situation) -> Help | None:
    return Help("vague", (now.vague.title, *now.vague.lacks)) if now.vague else None


def inzichten_without_point(now: Situation) -> Help | None:
    none_yet = now.inzichten and not now.in_concept and not now.agreed
    return Help("points", count=now.inzichten) if none_yet else None


def concrete_but_not_agreed(now: Situation) -> Help | None:
    ready = now.in_concept and not now.vague and not now.agreed and not time_is_short(now)
    return Help("agree", count=now.in_concept) if ready else None


def no_party(now: Situation) -> Help | None:
    return None if now.party_kinds else Help("parties")


def forgotten_parties(now: Situation) -> Help | None:
    return Help("forgotten", now.forgotten_kinds) if now.party_kinds and now.forgotten_kinds else None


def no_ideas(now: Situation) -> Help | None:
    return Help("ideas") if now.inzichten and not now.ideas else None


# The order is the ranking. Each rule belongs to a bouwsteen; "" belongs to none.
RULES: tuple[tuple[str, Rule], ...] = (
    ("verhalen", stories_nobody_may_read),
    ("", not_the_time),
    ("", kernteam_incomplete),
    ("verhalen", stories_wait),
    ("agenda", time_is_short),
    ("buurtscan", no_scan),
    ("urgentie", no_urgency),
    ("urgentie", one_sided_urgency),
    ("verhalen", no_moderator),
    ("agenda", vague_point),
    ("tellen-vertellen", told_without_figure),
    ("tellen-vertellen", stories_without_inzicht),
    ("partijen", no_party),
    ("verhalen", nobody_told),
    ("agenda", concrete_but_not_agreed),
    ("agenda", inzichten_without_point),
    ("partijen", forgotten_parties),
    ("beleid", no_ideas),
)


def next_help(now: Situation) -> list[Help]:
    """At most three; none when the project does not run, and none of a bouwsteen that is not needed."""
    return list(advice(now))[:MOST] if now.running else []


def advice(now: Situation) -> Iterator[Help]:
    for bouwsteen, rule in RULES:
        helps = None if bouwsteen in now.not_needed else rule(now)
        if helps:
            yield helps
