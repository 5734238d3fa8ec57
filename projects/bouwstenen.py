"""The seven bouwstenen as every page shows them: number, title, three lines of explanation, address."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models import Bouwsteen

type Text = str | Promise


@dataclass(frozen=True)
class Brick:
    key: str
    number: int
    label: Text
    title: Text
    lines: tuple[Text, Text, Text]

    def address(self, slug: str) -> str:
        """The page of this bouwsteen in a project; the URL name is the key with underscores."""
        return reverse(self.key.replace("-", "_"), args=[slug])


_TEXTS: dict[Bouwsteen, tuple[Text, tuple[Text, Text, Text]]] = {
    Bouwsteen.URGENTIE: (
        _("Zoek de urgentie"),
        (
            _("Waarom moet er in deze buurt nu iets gebeuren? Dat kan een zorg zijn, maar ook een kans."),
            _("Schrijf per zorg of kans op wie die voelt en sinds wanneer."),
            _("Kijk daarna samen of de tijd rijp is. “Nu niet” is ook een goed antwoord."),
        ),
    ),
    Bouwsteen.BUURTSCAN: (
        _("Maak een buurtscan"),
        (
            _("De scan laat met cijfers zien hoe de buurt ervoor staat, in acht hoofdstukken."),
            _("De cijfers komen uit openbare bronnen. U ziet ze naast de wijk, de gemeente en Nederland."),
            _("Bekijk ze samen: wat valt u op, en wat herkent u niet?"),
        ),
    ),
    Bouwsteen.PARTIJEN: (
        _("Breng relevante partijen samen"),
        (
            _("Wie heeft iets met deze buurt? Zet mensen en organisaties bij elkaar op één lijst."),
            _("Schrijf op waarom zij meedoen en wat zij willen doen. Dat verschilt per partij."),
            _("Zoek ook mensen die u nog niet kent. Een paar partijen met zin in het werk is genoeg."),
        ),
    ),
    Bouwsteen.VERHALEN: (
        _("Haal verhalen op"),
        (
            _("Bewoners vertellen zelf hoe het is om hier te wonen. Dat staat in geen enkel cijfer."),
            _("Zij doen dat op een formulier zonder naam, of een verzamelaar schrijft hun verhaal op."),
            _("Een moderator leest elk verhaal voordat anderen het zien."),
        ),
    ),
    Bouwsteen.TELLEN_VERTELLEN: (
        _("Verbind tellen en vertellen"),
        (
            _("Leg de cijfers naast de verhalen: waar zeggen ze hetzelfde, en waar niet?"),
            _("Een inzicht is één zin die cijfers en uitspraken van bewoners bij elkaar brengt."),
            _("Spreken ze elkaar tegen? Schrijf ook dat op. Juist daar leert u van."),
        ),
    ),
    Bouwsteen.BELEID: (
        _("Verbind ideeën met beleid"),
        (
            _("Welke ideeën zijn er voor de buurt, en welke plannen zijn er al?"),
            _("Leg elk idee naast het beleid en het geld van de gemeente en haar partners."),
            _("Vraag een antwoord: kan het, kan het deels of kan het niet? En waarom?"),
        ),
    ),
    Bouwsteen.AGENDA: (
        _("Stel de buurtagenda op"),
        (
            _("Maak van inzichten en ideeën afspraken: wat, waar, wanneer en wie."),
            _("Wees precies. “De buurt veiliger maken” is te vaag om later te kunnen nakijken."),
            _("Kies ook iets kleins dat snel klaar is. Bewoners kunnen niet jaren wachten."),
        ),
    ),
}

BRICKS: tuple[Brick, ...] = tuple(
    Brick(key.value, number, key.label, *_TEXTS[key]) for number, key in enumerate(Bouwsteen, start=1)
)
BRICK: dict[str, Brick] = {brick.key: brick for brick in BRICKS}
