"""Invented stories for the benchmarks: sixty subjects, each with words people use for it, and sentences
around those words. A sentence has one to three words of its subject, and sometimes one of another."""

import random
from dataclasses import dataclass

SUBJECTS: dict[str, str] = {
    "donker plein": "plein lantaarns donker schemer verlichting",
    "grofvuil op straat": "grofvuil bankstel matras stoep ophalen",
    "volle containers": "container deksel zakken overvol pasje",
    "ratten": "ratten muizen gif holen ongedierte",
    "schimmel in huis": "schimmel vocht slaapkamer plafond ventilatie",
    "hoge huur": "huur verhoging huurtoeslag corporatie betaalbaar",
    "renovatie en sloop": "renovatie sloop verhuizen steiger blokken",
    "kapotte lift": "lift trappenhuis monteur verdieping rolstoel",
    "koude woning": "tocht isolatie kozijnen stookkosten kou",
    "wachten op een woning": "woningnet inschrijving wachtlijst starters kamer",
    "te hard rijden": "scooters drempel snelheid bocht oversteken",
    "parkeren": "parkeren vergunning auto's dubbel bezoekers",
    "onveilige fietsroute": "fietspad fietsers kruispunt tegels glad",
    "slecht openbaar vervoer": "tram bushalte vertraging overstappen dienstregeling",
    "hangjongeren": "jongeren portiek hangen muziek blowen",
    "inbraak": "inbraak slot ingebroken camera achterdeur",
    "drugs": "dealers drugs spuiten handel steeg",
    "ruzie tussen buren": "buurman ruzie schreeuwen bemiddeling muur",
    "geluidsoverlast": "lawaai vuurwerk herrie nachtrust feestjes",
    "wijkagent zichtbaar": "wijkagent politie surveilleren bureau uniform",
    "samen eten": "koken eettafel soep maaltijd aanschuiven",
    "eenzaamheid": "eenzaam alleen weduwe bezoek telefoontje",
    "buren helpen elkaar": "burenhulp boodschappen sleutel klusje oppassen",
    "buurtfeest": "straatfeest barbecue kraampjes slingers buurtdag",
    "taal leren": "taalles inburgering nederlands cursus woordjes",
    "verschillende culturen": "culturen ramadan moskee kerk gebruiken",
    "buurthuis": "buurthuis zaaltje vrijwilligers beheerder activiteiten",
    "nieuwkomers": "statushouders nieuwkomers gevlucht welkom gezinnen",
    "vrijwilligerswerk": "vrijwilliger inzetten bestuur clubje bijdragen",
    "roddel en wantrouwen": "roddels wantrouwen nageroepen groeten afstand",
    "speeltuin": "speeltuin glijbaan schommel zandbak kleuters",
    "veel te weinig groen": "bomen perkjes struiken gras bijen",
    "hondenpoep": "honden poep uitlaten losloopveld baasjes",
    "bankjes": "bankje zitten uitrusten rollator rustplek",
    "hitte in de zomer": "hitte schaduw zomer zonwering tropisch",
    "wateroverlast": "regen riool kelder overstroomt plassen",
    "moestuin": "moestuin tomaten zaaien schoffelen kas",
    "kapotte stoep": "stoeptegels kuilen struikelen verzakt wortels",
    "zwerfvuil": "blikjes plastic prikkers zwerfvuil peuken",
    "markt en winkels": "markt winkels bakker supermarkt leegstand",
    "schulden": "schulden aanmaning deurwaarder betalingsregeling rood",
    "armoede": "voedselbank rondkomen geldzorgen tweedehands minima",
    "werk zoeken": "sollicitatie uitkering vacature baan jobcoach",
    "brieven van de overheid": "brieven formulieren toeslagen invullen digid",
    "weinig stageplekken": "stage leerwerkplek mbo bedrijf begeleiding",
    "kleine ondernemers": "ondernemer zaak klanten winkelpand omzet",
    "eigen bedrijf beginnen": "zzp startkapitaal kamer-van-koophandel naaiatelier catering",
    "mantelzorg": "mantelzorg verzorgen moeder dementie overbelast",
    "huisarts vol": "huisarts praktijk patiënten afspraak assistente",
    "stress": "stress piekeren slapeloos spanning hoofdpijn",
    "bewegen": "wandelclub sporten gymzaal bewegen fitness",
    "gezond eten": "groente suiker overgewicht diëtist snackbar",
    "roken en vapen": "roken vapes sigaretten kringen schoolhek",
    "psychische hulp": "psycholoog ggz depressie crisis therapie",
    "school dichtbij": "basisschool klas juf leerlingen schoolplein",
    "huiswerk": "huiswerk bijles toets concentreren laptop",
    "opvoeden": "opvoeding ouders grenzen puber opvoedsteun",
    "kinderopvang": "kinderopvang peuterspeelzaal crèche wenperiode opvangdagen",
    "bibliotheek": "bibliotheek lenen voorlezen boeken leeskring",
    "jongerenwerk": "jongerenwerker voetbalkooi inloop talenten rapstudio",
}
WORDS = [words.split() for words in SUBJECTS.values()]
FRAMES = (
    "Ik merk elke week iets van {0}, en daar word ik moe van.",
    "Bij ons in de straat gaat het over {0} en verder niets.",
    "Vroeger hoorde je nooit van {0}, nu wel.",
    "Mijn zus zegt dat {0} het grootste punt is.",
    "Als er iets aan {0} gedaan wordt, blijf ik hier wonen.",
    "Wat mij blij maakt is {0}, dat mag je opschrijven.",
    "Niemand belt terug als je over {0} begint.",
    "Het zou schelen als we samen naar {0} kijken.",
)


@dataclass(frozen=True)
class Told:
    """`pieces` are the sentences: begin, end (exclusive) and the number of the subject."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]


def sentence(chance: random.Random, subject: int) -> str:
    words = chance.sample(WORDS[subject], chance.choice([1, 2, 2, 3]))
    if chance.random() < 0.25:
        words.append(chance.choice(chance.choice(WORDS)))
    return chance.choice(FRAMES).format(" en ".join(words))


def told(chance: random.Random, number: int) -> Told:
    text, pieces = "", []
    for _ in range(number):
        subject = chance.randrange(len(WORDS))
        words = sentence(chance, subject)
        pieces.append((len(text), len(text) + len(words), subject))
        text += words + " "
    return Told(text.strip(), tuple(pieces))
