"""Which v4 measure code belongs to which v3 column, and how the short 2024 file is named on the wire."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.replica.properties import Property, topics

LATER_MEASURES = {
    "Gemeentenaam": "GM000C",
    "GemiddeldeWoningwaarde": "M001642",
    "Koopwoningen": "1014800",
    "OpleidingsniveauLaag": "2018700",
    "OpleidingsniveauMiddelbaar": "2018740",
    "OpleidingsniveauHoog": "2018790",
    "NettoArbeidsparticipatie": "M001796_2",
    "PercentageWerknemers": "2021320",
    "PercentageZelfstandigen": "2021380",
    "GemGestandaardiseerdInkomenVanHuish": "M000222",
    "MediaanVermogenVanParticuliereHuish": "M000939",
    "JongerenMetJeugdzorgInNatura": "T001203",
    "PercentageJongerenMetJeugdzorg": "A045561",
    "WmoClienten": "M001342_1",
    "WmoClientenRelatief": "M001342_2",
    "MeestVoorkomendePostcode": "PC000C",
}

# column of the tidy file: (key in the 2020 tree, key on the wire in 2024)
COLUMNS_2024 = {
    "inwoners": ("AantalInwoners_5", "AantalInwoners_5"),
    "inwoners0tot15": ("k_0Tot15Jaar_8", "k_0Tot15Jaar_8"),
    "inwoners65plus": ("k_65JaarOfOuder_12", "k_65JaarOfOuder_12"),
    "huishoudens": ("HuishoudensTotaal_28", "HuishoudensTotaal_29"),
    "huishoudensgrootte": ("GemiddeldeHuishoudensgrootte_32", "GemiddeldeHuishoudensgrootte_33"),
    "dichtheid": ("Bevolkingsdichtheid_33", "Bevolkingsdichtheid_34"),
    "wozWaarde": ("GemiddeldeWoningwaarde_35", "GemiddeldeWOZWaardeVanWoningen_39"),
    "eengezinswoning": ("PercentageEengezinswoning_36", "PercentageEengezinswoning_40"),
    "koopwoningen": ("Koopwoningen_40", "Koopwoningen_47"),
    "inkomenPerInwoner": ("GemiddeldInkomenPerInwoner_72", "GemiddeldInkomenPerInwoner_78"),
    "afstandHuisarts": ("AfstandTotHuisartsenpraktijk_105", "AfstandTotHuisartsenpraktijk_110"),
    "afstandSupermarkt": ("AfstandTotGroteSupermarkt_106", "AfstandTotGroteSupermarkt_111"),
    "afstandSchool": ("AfstandTotSchool_108", "AfstandTotSchool_113"),
    "scholenBinnen3km": ("ScholenBinnen3Km_109", "ScholenBinnen3Km_114"),
    "oppervlakteLandHa": ("OppervlakteLand_111", "OppervlakteLand_116"),
    "postcode": ("MeestVoorkomendePostcode_113", "MeestVoorkomendePostcode_118"),
    "stedelijkheid": ("MateVanStedelijkheid_115", "MateVanStedelijkheid_120"),
    "adressendichtheid": ("Omgevingsadressendichtheid_116", "Omgevingsadressendichtheid_121"),
}
IDENTITY_2024 = ("Gemeentenaam_1", "SoortRegio_2", "Codering_3")
TITLES_2024 = {"GemiddeldeWOZWaardeVanWoningen_39": "Gemiddelde WOZ-waarde van woningen"}


def measures_of_2020(tree: Iterable[Property], codes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """v3 key of 2020: v4 measure. Titles repeat (gas and electricity), title with unit does not."""
    known = {(str(code["Title"]).strip(), code["Unit"]): str(code["Identifier"]) for code in codes}
    found: dict[str, str] = {}
    for row in topics(tree):
        base = row["Key"].rpartition("_")[0]
        measure = LATER_MEASURES.get(base) or known.get((row["Title"].strip(), row["Unit"]))
        if measure:
            found[row["Key"]] = measure
    return found
