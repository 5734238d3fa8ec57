"""What the committed facts say, worked out straight from the files.

Nothing of the application or of the replica reads them here: columns are named once more, and rates are
computed with fractions.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from tests.replica.facts import FACTS

type Area = dict[str, Fraction]
type Years = dict[str, dict[str, Area]]  # period: code: number by column
type Rate = tuple[Sequence[str], Sequence[str], int]

BUURTEN = [
    *("BU01140800", "BU01140801", "BU01140807", "BU01140809", "BU01602806", "BU0363AD03"),
    *("BU03920801", "BU03920802", "BU03920803", "BU03920804", "BU04892039", "BU04893052"),
    *("BU05183620", "BU05183637", "BU05183638", "BU05183639", "BU18590004", "BU18590006"),
]
ASKED = [*BUURTEN, "WK039208", "GM0518"]
VILLAGE = ["BU18590004", "BU18590006"]
QUARTER = ["BU03920801", "BU03920802", "BU03920803", "BU03920804"]

# indicator: column in the files of 2017, 2019 and 2020 (without its number), column in the file of 2024
PUBLISHED = {
    "inwoners": ("AantalInwoners", "inwoners"),
    "huishoudens": ("HuishoudensTotaal", "huishoudens"),
    "huishoudensgrootte": ("GemiddeldeHuishoudensgrootte", "huishoudensgrootte"),
    "bevolkingsdichtheid": ("Bevolkingsdichtheid", "dichtheid"),
    "stedelijkheid": ("MateVanStedelijkheid", "stedelijkheid"),
    "adressendichtheid": ("Omgevingsadressendichtheid", "adressendichtheid"),
    "woningen": ("Woningvoorraad", ""),
    "woz_waarde": ("GemiddeldeWoningwaarde", "wozWaarde"),
    "koopwoningen": ("Koopwoningen", "koopwoningen"),
    "huurwoningen": ("HuurwoningenTotaal", ""),
    "corporatiewoningen": ("InBezitWoningcorporatie", ""),
    "overige_huurwoningen": ("InBezitOverigeVerhuurders", ""),
    "eengezinswoningen": ("PercentageEengezinswoning", "eengezinswoning"),
    "meergezinswoningen": ("PercentageMeergezinswoning", ""),
    "bouwjaar_voor_2000": ("BouwjaarVoor2000", ""),
    "onbewoonde_woningen": ("PercentageOnbewoond", ""),
    "stroomverbruik": ("GemiddeldElektriciteitsverbruikTotaal", ""),
    "gasverbruik": ("GemiddeldAardgasverbruikTotaal", ""),
    "stadsverwarming": ("PercentageWoningenMetStadsverwarming", ""),
    "arbeidsparticipatie": ("Nettoarbeidsparticipatie", ""),
    "werknemers": ("PercentageWerknemers", ""),
    "zelfstandigen": ("PercentageZelfstandigen", ""),
    "inkomen_per_inwoner": ("GemiddeldInkomenPerInwoner", "inkomenPerInwoner"),
    "inkomen_huishouden": ("GemGestandaardiseerdInkomenVanHuish", ""),
    "laagste_inkomens": ("k_40PersonenMetLaagsteInkomen", ""),
    "hoogste_inkomens": ("k_20PersonenMetHoogsteInkomen", ""),
    "laag_inkomen": ("HuishoudensMetEenLaagInkomen", ""),
    "sociaal_minimum": ("HuishOnderOfRondSociaalMinimum", ""),
    "vermogen": ("MediaanVermogenVanParticuliereHuish", ""),
    "bedrijfsvestigingen": ("BedrijfsvestigingenTotaal", ""),
    "jeugdzorg_aantal": ("JongerenMetJeugdzorgInNatura", ""),
    "jeugdzorg": ("PercentageJongerenMetJeugdzorg", ""),
    "wmo_aantal": ("WmoClienten", ""),
    "wmo": ("WmoClientenRelatief", ""),
    "autos_per_huishouden": ("PersonenautoSPerHuishouden", ""),
    "autos_per_km2": ("PersonenautoSNaarOppervlakte", ""),
    "afstand_huisarts": ("AfstandTotHuisartsenpraktijk", "afstandHuisarts"),
    "afstand_supermarkt": ("AfstandTotGroteSupermarkt", "afstandSupermarkt"),
    "afstand_kinderdagverblijf": ("AfstandTotKinderdagverblijf", ""),
    "afstand_basisschool": ("AfstandTotSchool", "afstandSchool"),
    "scholen_binnen_3km": ("ScholenBinnen3Km", "scholenBinnen3km"),
    "oppervlakte_land": ("OppervlakteLand", "oppervlakteLandHa"),
    "oppervlakte_water": ("OppervlakteWater", ""),
}
WORKING_AGE = ["k_15Tot25Jaar", "k_25Tot45Jaar", "k_45Tot65Jaar"]
SCHOOLED = ["OpleidingsniveauLaag", "OpleidingsniveauMiddelbaar", "OpleidingsniveauHoog"]
RATES: dict[str, Rate] = {
    "kinderen_0_15": (["k_0Tot15Jaar"], ["AantalInwoners"], 100),
    "jongeren_15_25": (["k_15Tot25Jaar"], ["AantalInwoners"], 100),
    "inwoners_25_45": (["k_25Tot45Jaar"], ["AantalInwoners"], 100),
    "inwoners_45_65": (["k_45Tot65Jaar"], ["AantalInwoners"], 100),
    "ouderen_65": (["k_65JaarOfOuder"], ["AantalInwoners"], 100),
    "alleenwonenden": (["Eenpersoonshuishoudens"], ["HuishoudensTotaal"], 100),
    "huishoudens_zonder_kinderen": (["HuishoudensZonderKinderen"], ["HuishoudensTotaal"], 100),
    "gezinnen_met_kinderen": (["HuishoudensMetKinderen"], ["HuishoudensTotaal"], 100),
    "westers": (["WestersTotaal"], ["AantalInwoners"], 100),
    "niet_westers": (["NietWestersTotaal"], ["AantalInwoners"], 100),
    "bijstand": (["PersonenPerSoortUitkeringBijstand"], WORKING_AGE, 1000),
    "ww": (["PersonenPerSoortUitkeringWW"], WORKING_AGE, 1000),
    "arbeidsongeschikt": (["PersonenPerSoortUitkeringAO"], WORKING_AGE, 1000),
    "opleiding_basis": (SCHOOLED[:1], SCHOOLED, 100),
    "opleiding_midden": (SCHOOLED[1:2], SCHOOLED, 100),
    "opleiding_hbo_wo": (SCHOOLED[2:], SCHOOLED, 100),
    "misdrijven": (["misdrijven"], ["AantalInwoners"], 1000),
}
HEALTH = {
    "langdurige_aandoening": "EenOfMeerLangdurigeAandoeningen",
    "langdurig_beperkt": "BeperktVanwegeGezondheid",
    "angst_depressie": "HoogRisicoOpAngstOfDepressie",
    "stress": "HeelVeelStressInAfgelopen4Weken",
    "overgewicht": "Overgewicht",
    "obesitas": "ErnstigOvergewicht",
    "roken": "Roker",
    "overmatig_drinken": "OvermatigeDrinker",
    "genoeg_bewegen": "VoldoetAanBeweegrichtlijn",
    "moeite_met_rondkomen": "MoeiteMetRondkomen",
    "eenzaam": "Eenzaam",
    "sterk_eenzaam": "ErnstigZeerErnstigEenzaam",
    "emotioneel_eenzaam": "EmotioneelEenzaam",
    "sociaal_eenzaam": "SociaalEenzaam",
    "mantelzorgers": "Mantelzorger",
    "vrijwilligerswerk": "Vrijwilligerswerk",
    "regie_eigen_leven": "MatigVeelRegieOverEigenLeven",
    "geluidhinder_buren": "ErnstigeGeluidhinderDoorBuren",
    "goede_gezondheid": "goed",
}
LIVEABILITY = {
    "leefbaarheid": "kscore",
    "leefbaarheid_verschil": "afw",
    "leefbaarheid_woningen": "kwon",
    "leefbaarheid_woningen_verschil": "won",
    "leefbaarheid_omgeving": "kfys",
    "leefbaarheid_omgeving_verschil": "fys",
    "leefbaarheid_voorzieningen": "kvrz",
    "leefbaarheid_voorzieningen_verschil": "vrz",
    "leefbaarheid_samenhang": "ksoc",
    "leefbaarheid_samenhang_verschil": "soc",
    "leefbaarheid_veiligheid": "konv",
    "leefbaarheid_veiligheid_verschil": "onv",
}
COLUMN_OF_2024 = {column: tidy for column, tidy in PUBLISHED.values() if tidy} | {
    "k_0Tot15Jaar": "inwoners0tot15",
    "k_65JaarOfOuder": "inwoners65plus",
}


def rows_of(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def numbers(row: dict[str, str], name: Callable[[str], str]) -> Area:
    found: Area = {}
    for column, text in row.items():
        try:
            found[name(column)] = Fraction(text.strip())
        except ValueError:
            continue
    return found


def without_number(column: str) -> str:
    base, _, number = column.rpartition("_")
    return base if number.isdecimal() else column


def published() -> Years:
    years: Years = {}
    for period, name, delimiter in (
        ("2017", "cbs_83765NED_22columns", ","),
        ("2019", "cbs_84583NED_untyped_denhaag", ";"),
        ("2020", "cbs_84799NED_TypedDataSet", ";"),
    ):
        for row in rows_of(name, delimiter):
            code = row["WijkenEnBuurten"].strip()
            years.setdefault(period, {})[code] = numbers(row, without_number)
    tidy = {column: base for base, column in COLUMN_OF_2024.items()}
    for row in rows_of("kwb_2024_18columns"):
        years.setdefault("2024", {})[row["code"]] = numbers(row, lambda column: tidy.get(column, column))
    for row in rows_of("politie_totaal_2021-2025"):
        area = years.setdefault(row["jaar"], {}).setdefault(row["code"], {})
        area["misdrijven"] = Fraction(row["geregistreerde_misdrijven"])
    return years


def health() -> Years:
    """The newer table has one column; where it has it for none of the areas, the older one is there."""
    years: Years = {}
    for period in ("2012", "2016", "2020"):
        for row in rows_of(f"rivm_50090NED_untyped_{period}"):
            code = row["WijkenEnBuurten"].strip().replace("NL01", "NL00")
            years.setdefault(period, {})[code] = numbers(row, without_number)
    for row in rows_of("rivm_goed_ervaren_gezondheid_2012-2024"):
        area = years.setdefault(row["jaar"], {}).setdefault(row["code"], {})
        area["goed"] = Fraction(row["goed_ervaren_gezondheid_pct"])
    return years


def liveability() -> Years:
    text = (FACTS / "leefbaarometer_2024_buurten.geojson").read_text(encoding="utf-8")
    features = json.loads(text, parse_float=str)["features"]
    areas = [feature["properties"] for feature in features]
    return {"2024": {area["id"]: numbers({k: str(v) for k, v in area.items()}, str) for area in areas}}


def rounded(value: Fraction, decimals: int = 1) -> float:
    """Half away from zero."""
    shifted = abs(value) * 10**decimals
    whole = floor(shifted + Fraction(1, 2))
    return float(Decimal(whole).scaleb(-decimals)) * (-1 if value < 0 else 1)


def rate_of(areas: Iterable[Area], rate: Rate) -> float | None:
    above, below, times = rate
    found = list(areas)
    if any(name not in area for area in found for name in (*above, *below)):
        return None
    under = sum((area[name] for area in found for name in below), Fraction(0))
    over = sum((area[name] for area in found for name in above), Fraction(0))
    return rounded(over / under * times) if under else None


def expected(indicator: str, code: str, area: Area) -> float | None:
    """What a file says of an area in one period."""
    if indicator in RATES:
        return rate_of([area], RATES[indicator])
    column = {name: base for name, (base, _) in PUBLISHED.items()} | HEALTH | LIVEABILITY
    column["misdrijven_aantal"] = "misdrijven"
    value = area.get(column[indicator])
    return None if value is None else float(value)


def tables_of() -> dict[str, Years]:
    cbs, rivm, lbm = published(), health(), liveability()
    names = dict.fromkeys([*PUBLISHED, *RATES, "misdrijven_aantal"], cbs)
    return names | dict.fromkeys(HEALTH, rivm) | dict.fromkeys(LIVEABILITY, lbm)


TABLES = tables_of()
