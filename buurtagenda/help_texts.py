"""The sentence and the link that go with each thing that helps now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from buurtagenda.nexthelp import Help
from projects.access import Access, May
from projects.chapters import Chapter
from projects.models import PartyKind, Side

type Text = str | Promise


@dataclass(frozen=True)
class Wording:
    """`what` is said in bold; the link goes to `page` for those who may."""

    what: Text
    why: Text
    link: Text
    page: str
    may: May = May.EDIT
    rest: str = ""


@dataclass(frozen=True)
class Shown:
    what: str
    why: str
    link: str
    address: str


WORDINGS: dict[str, Wording] = {
    "unread": Wording(
        ngettext_lazy(
            "%(count)s verhaal wacht, en niemand mag het lezen.",
            "%(count)s verhalen wachten, en niemand mag ze lezen.",
            "count",
        ),
        _("Alleen een moderator leest verhalen die nog niet openbaar zijn."),
        _("Geef iemand deze taak"),
        "kernteam",
        May.MANAGE,
    ),
    "not_ripe": Wording(
        _("De tijd is niet rijp."),
        _("Dat antwoord gaf het kernteam zelf. Stoppen is dan eerlijk."),
        _("Zet het project stil"),
        "project_state",
        May.MANAGE,
        "?naar=gestopt",
    ),
    "kernteam": Wording(
        _("Het kernteam is niet compleet."),
        _("Er doet nog niemand mee namens: %(subjects)s."),
        _("Nodig iemand uit"),
        "invite",
        May.MANAGE,
    ),
    "waiting": Wording(
        ngettext_lazy(
            "%(count)s verhaal wacht op een moderator.",
            "%(count)s verhalen wachten op een moderator.",
            "count",
        ),
        _("De verteller ziet pas na het lezen dat er iets mee gebeurt."),
        _("Lees wat er binnenkwam"),
        "moderation",
        May.MODERATE,
    ),
    "deadline": Wording(
        _("De einddatum is dichtbij en er is nog niets afgesproken."),
        _("Kies één klein punt dat snel klaar kan zijn, of kies een latere dag."),
        _("Naar de agendapunten"),
        "agenda",
    ),
    "scan": Wording(
        _("Er zijn nog geen cijfers over de buurt."),
        _("De buurtscan haalt ze op uit openbare bronnen. Dat duurt een paar minuten."),
        _("Start de buurtscan"),
        "buurtscan",
    ),
    "urgency": Wording(
        _("Waarom moet er nu iets gebeuren?"),
        _("Daar staat nog niets over opgeschreven."),
        _("Schrijf de eerste zorg of kans op"),
        "urgency_add",
    ),
    "one_sided": Wording(
        _("De urgentie wordt nog niet gedeeld."),
        _("Tot nu toe voelt één soort partij haar: %(subjects)s."),
        _("Vraag ook anderen wat zij zien"),
        "urgentie",
    ),
    "moderator": Wording(
        _("Er is nog geen moderator."),
        _("Komt er een verhaal binnen, dan mag niemand het lezen."),
        _("Geef iemand deze taak"),
        "kernteam",
        May.MANAGE,
    ),
    "vague": Wording(
        _("Agendapunt “%(title)s” is nog niet precies."),
        _("Wat ontbreekt: %(lacks)s."),
        _("Maak het concreet"),
        "agenda",
    ),
    "no_figure": Wording(
        _("Verhalen over %(subjects)s, maar geen cijfer."),
        ngettext_lazy(
            "Er is %(count)s verhaal. Misschien telt een partner dit wel.",
            "Er zijn %(count)s verhalen. Misschien telt een partner dit wel.",
            "count",
        ),
        _("Leg tellen en vertellen naast elkaar"),
        "tellen_vertellen",
    ),
    "inzicht": Wording(
        ngettext_lazy(
            "Er is %(count)s verhaal, maar nog geen inzicht.",
            "Er zijn %(count)s verhalen, maar nog geen inzicht.",
            "count",
        ),
        _("Wat zeggen de verhalen over de cijfers?"),
        _("Maak het eerste inzicht"),
        "tellen_vertellen",
    ),
    "parties": Wording(
        _("Er staat nog geen partij op de lijst."),
        _("Begin met wie u al kent: een school, een winkel, de wijkagent."),
        _("Voeg een partij toe"),
        "party_add",
    ),
    "stories": Wording(
        _("Er zijn nog geen verhalen."),
        _("Deel het formulier, of vraag zelf drie bewoners."),
        _("Haal verhalen op"),
        "verhalen",
    ),
    "agree": Wording(
        _("De agendapunten zijn precies genoeg."),
        _("Spreek ze af met wie ze gaat doen."),
        _("Naar de agendapunten"),
        "agenda",
    ),
    "points": Wording(
        ngettext_lazy(
            "Er is %(count)s inzicht, maar nog geen agendapunt.",
            "Er zijn %(count)s inzichten, maar nog geen agendapunt.",
            "count",
        ),
        _("Wat gaan we doen, waar, wanneer en wie?"),
        _("Maak het eerste agendapunt"),
        "agenda",
    ),
    "forgotten": Wording(
        _("Wie kijkt er anders naar de buurt?"),
        _("Nog niet op de lijst: %(subjects)s."),
        _("Kijk wie u kunt vragen"),
        "partijen",
    ),
    "ideas": Wording(
        _("Er zijn inzichten, maar nog geen ideeën."),
        _("Kijk wat er kan, en welk beleid er al is."),
        _("Schrijf het eerste idee op"),
        "beleid",
    ),
}

LABELS: dict[str, Text] = {
    **{side.value: side.label for side in Side},
    **{kind.value: kind.label for kind in PartyKind},
    **{chapter.value: chapter.label for chapter in Chapter},
}
LACKS: dict[str, Text] = {"waar": _("een plek"), "wanneer": _("een datum"), "wie": _("een trekker")}


def show(helps: Help, access: Access) -> Shown:
    """The sentence; the address is "" when this user may not do what helps."""
    wording = WORDINGS[helps.kind]
    values = fill(helps)
    address = reverse(wording.page, args=[access.project.slug]) + wording.rest
    return Shown(
        str(wording.what % values),
        str(wording.why % values),
        str(wording.link),
        address if access.may(wording.may) else "",
    )


def fill(helps: Help) -> dict[str, object]:
    values: dict[str, object] = {"count": helps.count}
    if helps.kind == "vague":
        title, *lacks = helps.subjects
        return {**values, "title": title, "lacks": ", ".join(str(LACKS[name]) for name in lacks)}
    labels = (str(LABELS[subject]) for subject in helps.subjects)
    return {**values, "subjects": ", ".join(labels)}
