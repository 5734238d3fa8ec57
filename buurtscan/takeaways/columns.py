"""The headings of the sheets of the workbook, with the width of each in signs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

type Column = tuple[str | Promise, int]

FIGURES: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Cijfer"), 34),
    (gettext_lazy("Gebied"), 24),
    (gettext_lazy("Code"), 14),
    (gettext_lazy("Soort gebied"), 16),
    (gettext_lazy("Waarde"), 12),
    (gettext_lazy("Eenheid"), 18),
    (gettext_lazy("In woorden"), 24),
    (gettext_lazy("Jaar"), 8),
    (gettext_lazy("Gebied van het cijfer"), 20),
    (gettext_lazy("Status"), 28),
    (gettext_lazy("Bron"), 36),
    (gettext_lazy("Tabel"), 14),
    (gettext_lazy("Indeling van het jaar"), 12),
    (gettext_lazy("Licentie"), 12),
    (gettext_lazy("Plaats tussen alle buurten"), 48),
    (gettext_lazy("Lager"), 10),
    (gettext_lazy("Gelijk"), 10),
    (gettext_lazy("Vergeleken met"), 12),
    (gettext_lazy("Midden van alle buurten"), 14),
    (gettext_lazy("Midden van wat erop lijkt"), 14),
    (gettext_lazy("Let op"), 34),
    (gettext_lazy("Zin"), 70),
)
MEMBERS: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Cijfer"), 34),
    (gettext_lazy("Eenheid"), 18),
    (gettext_lazy("Jaar"), 8),
    (gettext_lazy("Samen"), 12),
)
MEMBER = 16  # the width of the column of a buurt
TRENDS: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Cijfer"), 34),
    (gettext_lazy("Jaar"), 8),
    (gettext_lazy("Waarde"), 12),
    (gettext_lazy("Eenheid"), 18),
    (gettext_lazy("In woorden"), 24),
    (gettext_lazy("Reeks"), 8),
    (gettext_lazy("Bron"), 36),
)
ALIKE: tuple[Column, ...] = (
    (gettext_lazy("Cijfer"), 34),
    (gettext_lazy("Buurt die erop lijkt"), 44),
    (gettext_lazy("Code"), 14),
    (gettext_lazy("Waarde"), 12),
    (gettext_lazy("Eenheid"), 18),
    (gettext_lazy("In woorden"), 24),
)
NEAREST: tuple[Column, ...] = (
    (gettext_lazy("Volgorde"), 10),
    (gettext_lazy("Buurt"), 44),
    (gettext_lazy("Code"), 14),
    (gettext_lazy("Afstand"), 12),
    (gettext_lazy("Jaar"), 8),
)
PARTNERS: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Cijfer"), 40),
    (gettext_lazy("Waarde"), 12),
    (gettext_lazy("Eenheid"), 18),
    (gettext_lazy("Jaar"), 12),
    (gettext_lazy("Waar"), 24),
    (gettext_lazy("Toelichting"), 40),
    (gettext_lazy("Van wie"), 44),
    (gettext_lazy("Bron"), 50),
    (gettext_lazy("Link"), 40),
)
POLICY: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Soort"), 20),
    (gettext_lazy("Wat komt er"), 50),
    (gettext_lazy("Waar"), 24),
    (gettext_lazy("Wie"), 30),
    (gettext_lazy("Vanaf"), 8),
    (gettext_lazy("Tot en met"), 10),
    (gettext_lazy("Hoe weten we dit"), 50),
)
TERMS: tuple[Column, ...] = (
    (gettext_lazy("Hoofdstuk"), 26),
    (gettext_lazy("Cijfer"), 34),
    (gettext_lazy("Naam in de gegevens"), 28),
    (gettext_lazy("Wat is dit"), 80),
    (gettext_lazy("Eenheid"), 24),
    (gettext_lazy("Hoog of laag"), 34),
)
