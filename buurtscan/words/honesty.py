"""What a reader may want to check of a figure: from where, of when, of which area, counted or estimated."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtscan.catalogue import Indicator
from buurtscan.figures import NOT_IN_VINTAGE
from buurtscan.models import ScanFigure
from buurtscan.reading import Reading
from buurtscan.words.numbers import capital
from buurtscan.words.values import flags_in_words, level_in_words
from buurtscan.words.wording import WORDING
from core.formats import dutch_date

type Text = str | Promise

MADE_BY: dict[str, Text] = {
    "rivm": gettext_lazy("Geschat met een rekenmodel, uit antwoorden op een grote vragenlijst. Niet geteld."),
    "leefbaarometer": gettext_lazy("Berekend met een rekenmodel, uit veel andere cijfers. Niet geteld."),
    "politie": gettext_lazy("Geteld: wat bij de politie is gemeld of ontdekt."),
    "ses_woa": gettext_lazy(
        "Berekend uit registers van de overheid. De opleiding is voor een deel van de mensen geschat."
    ),
    "nabijheid": gettext_lazy("Berekend voor elk adres, over de weg."),
}
COUNTED: Text = gettext_lazy("Geteld, uit registers van de overheid.")
ROUNDED: Text = gettext_lazy("Geteld, uit registers van de overheid. In buurten en wijken afgerond op 5.")
OURS: Text = gettext_lazy(
    "Door ons berekend uit aantallen van het CBS. Die zijn in buurten en wijken afgerond op 5."
)
BY_ROAD: Text = gettext_lazy(
    "Berekend door het CBS: voor elke inwoner over de weg, en daarvan het gemiddelde."
)
BY_CBS: Text = gettext_lazy("Berekend en afgerond door het CBS, uit registers van de overheid.")
PER_INHABITANT: Text = gettext_lazy("Wij delen dat door het aantal inwoners.")
WHY: dict[str, Text] = {
    "suppressed": gettext_lazy(
        "De bron geeft dit cijfer wel voor een groter gebied, maar niet voor dit gebied."
        " Vaak gaat het om te weinig mensen of woningen."
    ),
    "not_published": gettext_lazy(
        "De bron heeft dit cijfer niet gepubliceerd, ook niet voor een groter gebied."
    ),
    "not_combinable": gettext_lazy(
        "De cijfers van deze buurten mogen niet bij elkaar worden opgeteld. Daarom staan ze naast elkaar."
    ),
    "failed": gettext_lazy("De bron gaf geen antwoord. Haal de cijfers later opnieuw op."),
}
UNITS: dict[str, Text] = {
    "%": gettext_lazy("procent"),
    "x 1 000 euro": gettext_lazy("euro; de bron geeft duizenden euro's"),
    "klasse 1-5": gettext_lazy("een klasse van 1 tot en met 5"),
    "klasse 1-9": gettext_lazy("een klasse van 1 tot en met 9"),
    "verschil met Nederland": gettext_lazy("punten hoger of lager dan het gemiddelde van Nederland"),
}


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


def facts_of(reading: Reading, newest: int = 0) -> list[Fact]:
    """`newest` is the newest year of boundaries that we know."""
    figure = reading.figure
    table = _("tabel %(table)s") % {"table": figure.table} if figure.table else ""
    found = [
        Fact(_("Bron"), ", ".join(part for part in (figure.get_source_display(), table) if part)),
        Fact(_("Jaar"), figure.period),
        Fact(_("Eenheid"), unit_in_words(reading.indicator.unit)),
        Fact(_("Gebied"), area_in_words(figure)),
        Fact(_("Grenzen"), boundaries_in_words(figure, newest)),
        Fact(_("Hoe gemaakt"), made_in_words(reading.indicator)),
        Fact(_("Let op"), heeds_in_words(reading)),
        Fact(_("Opgehaald"), dutch_date(figure.fetched_at)),
        Fact(
            _("Waarom geen cijfer") if figure.value is None else _("Waarom niet van hier"),
            why_missing(figure),
        ),
    ]
    return [fact for fact in found if fact.text]


def made_in_words(indicator: Indicator) -> str:
    """Counted, rounded, worked out or estimated: never more certain than the source itself."""
    if indicator.made:
        return indicator.made
    if indicator.source != "kwb":
        ours = [str(PER_INHABITANT)] if indicator.formula else []
        return " ".join([str(MADE_BY[indicator.source]), *ours])
    if indicator.count:
        return str(ROUNDED if indicator.rounded else COUNTED)
    if indicator.formula:
        return str(OURS)
    return str(BY_ROAD if indicator.unit in ("km", "scholen") else BY_CBS)


def heeds_in_words(reading: Reading) -> str:
    """What to beware of. That it is an estimate stands in how it was made."""
    away = {"modelled"}
    if not depends_on_people(reading.indicator):
        away.add("few_inhabitants")
    said = flags_in_words([flag for flag in reading.figure.flags if flag not in away])
    return " ".join(f"{capital(text)}." for text in said)


def depends_on_people(indicator: Indicator) -> bool:
    """How many live here makes it uncertain: not so of a count, nor of what stands around an address."""
    wording = WORDING.get(indicator.id)
    return not indicator.count and not (wording and wording.kin == "dichtheid")


def unit_in_words(unit: str) -> str:
    return str(UNITS.get(unit, unit.replace("1 000", "1.000")))


def area_in_words(figure: ScanFigure) -> str:
    if figure.value is None:
        return ""
    if figure.status == "fallback":
        return _("Dit is het cijfer van %(level)s, niet van dit gebied zelf.") % {
            "level": level_in_words(figure.level_used)
        }
    return _("Dit gebied zelf (%(level)s).") % {"level": level_in_words(figure.level)}


def boundaries_in_words(figure: ScanFigure, newest: int) -> str:
    """Changed boundaries are said: a figure of older ones may be about another piece of land."""
    if figure.vintage is None:
        return ""
    said = _("De grenzen van %(year)s.") % {"year": figure.vintage}
    if not newest or figure.vintage >= newest:
        return said
    older = _(
        "De nieuwste grenzen zijn van %(newest)s. Is het gebied daartussen veranderd, dan gaat dit cijfer"
        " over het oude gebied."
    )
    return f"{said} {older % {'newest': newest}}"


def why_missing(figure: ScanFigure) -> str:
    """Why there is no figure of the area itself; empty when there is one."""
    if figure.status == "ok":
        return ""
    if NOT_IN_VINTAGE in figure.flags and figure.vintage:
        return _("Dit gebied bestaat niet binnen de grenzen van %(year)s.") % {"year": figure.vintage}
    return str(WHY.get("suppressed" if figure.status == "fallback" else figure.status, ""))
