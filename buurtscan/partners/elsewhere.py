"""Sources without an open interface: where to read them, and what to fill in beforehand."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Elsewhere:
    """`key` stands in the address of the form that it fills in."""

    key: str
    name: str
    title: Promise
    url: str
    about: Promise
    how: Promise
    source_note: Promise


READ_ELSEWHERE = {
    one.key: one
    for one in (
        Elsewhere(
            "kis",
            "KIS Wijkmonitor",
            _("Cijfers uit de KIS Wijkmonitor"),
            "https://www.kis-wijkmonitor.nl/",
            _(
                "Cijfers over wonen, onderwijs, werk, veiligheid en zorg, naar herkomst. Er zijn cijfers van wijken, "
                "niet van losse buurten."
            ),
            _(
                "Open de monitor, kies uw wijk en een thema, en typ hier over wat u daar leest. Zet bij plaats de "
                "naam van de wijk."
            ),
            _("KIS Wijkmonitor, overgenomen van het scherm"),
        ),
        Elsewhere(
            "veerkracht",
            "Veerkrachtkaart",
            _("Cijfers van de Veerkrachtkaart"),
            "https://aedes.nl/leefbare-en-veilige-wijken/top-10-toepassingen-veerkrachtkaarten",
            _("Kaarten over veerkracht van buurten, van Aedes. Alleen woningcorporaties kunnen erin."),
            _(
                "Vraag uw woningcorporatie om de kaart en de cijfers. Typ de cijfers hier over. Hebt u een plaatje van "
                "de kaart? Voeg dat toe als kaartbeeld."
            ),
            _("Veerkrachtkaart (Aedes), gekregen van de woningcorporatie"),
        ),
    )
}
