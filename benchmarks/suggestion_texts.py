"""Sentences as residents might write them, made up for this purpose: of each theme three that were coded and two
that were not. The last ones were written without looking at the first, and often in other words."""

CODED: dict[str, tuple[str, str, str]] = {
    "donker plein": (
        "Na zes uur is het pikdonker op het plein.",
        "De lantaarns bij de speeltuin doen het al maanden niet.",
        "Ik loop om, want zonder licht durf ik er niet langs.",
    ),
    "grofvuil": (
        "Er staat altijd wel een oude bank op de stoep.",
        "Het grofvuil blijft weken liggen voordat iemand het ophaalt.",
        "Mensen zetten matrassen naast de containers.",
    ),
    "schimmel": (
        "De muren in de slaapkamer zijn zwart van de schimmel.",
        "Mijn zoon hoest de hele winter door het vocht.",
        "De corporatie verft eroverheen en na een maand is het terug.",
    ),
    "huur": (
        "De huur gaat elk jaar omhoog en mijn loon niet.",
        "Na de renovatie kan ik het hier niet meer betalen.",
        "Jonge mensen vinden hier geen betaalbare woning.",
    ),
    "hard rijden": (
        "Scooters scheuren over de stoep.",
        "Auto's rijden hier veel te hard langs de school.",
        "Oversteken met de kinderen is gevaarlijk.",
    ),
    "jongeren op straat": (
        "Elke avond hangt er een groep jongens in het portiek.",
        "Die jongeren doen niks, maar ze hebben ook nergens waar ze heen kunnen.",
        "Er is voor tieners niets te doen in de buurt.",
    ),
    "samen eten": (
        "Op vrijdag koken we met zijn allen in het buurthuis.",
        "Iedereen neemt iets mee en dan eten we aan een lange tafel.",
        "Door de soep van de buurvrouw ken ik nu de hele flat.",
    ),
    "eenzaam": (
        "Sinds mijn man dood is zie ik soms dagen niemand.",
        "Veel ouderen in onze flat zijn alleen.",
        "Ik zou zo graag eens ergens koffie drinken met iemand.",
    ),
    "groen": (
        "Er zijn te weinig bomen in onze straat.",
        "Het perkje voor de deur onderhouden we samen.",
        "Laat het gras toch eens groeien, dan komen er vlinders.",
    ),
    "geldzorgen": (
        "Aan het eind van de maand is het geld op.",
        "Ik durfde de brieven van de deurwaarder niet open te maken.",
        "Door de schulden slaap ik slecht.",
    ),
    "taal": (
        "Ik wil Nederlands leren, maar de cursus zit vol.",
        "Bij de dokter begrijpt mijn moeder niet wat er gezegd wordt.",
        "De taalles in de bibliotheek heeft mij veel gebracht.",
    ),
    "zorg": (
        "De huisarts neemt geen nieuwe patiënten aan.",
        "Ik zorg dag en nacht voor mijn moeder met dementie.",
        "Je wacht maanden op een plek bij de psycholoog.",
    ),
    "kapotte lift": (
        "De lift is al drie weken stuk.",
        "Mijn vader woont op zes hoog en komt nu niet meer buiten.",
        "Ik til de kinderwagen elke dag de trap op.",
    ),
    "spelen": (
        "De glijbaan in de speeltuin is al jaren kapot.",
        "Kinderen kunnen hier nergens voetballen.",
        "Het schoolplein gaat na vier uur op slot.",
    ),
    "buren": (
        "Mijn buurman doet boodschappen voor mij als ik ziek ben.",
        "Vroeger kende je iedereen in het trappenhuis.",
        "Met de buren van boven heb ik al een jaar ruzie over lawaai.",
    ),
}
NEW: dict[str, tuple[str, str]] = {
    "donker plein": (
        "Zet daar eens een paar extra lampen neer.",
        "In de winter is dat plein 's avonds gewoon eng.",
    ),
    "grofvuil": (
        "Iemand heeft zijn hele inboedel buiten gezet.",
        "Die kapotte stoel staat er nu al twee weken op de stoep.",
    ),
    "schimmel": (
        "Het behang komt van de muur door het vocht.",
        "Ons huis is niet gezond, alles ruikt muf.",
    ),
    "huur": (
        "Wonen wordt hier onbetaalbaar.",
        "Mijn dochter blijft thuis wonen omdat er voor haar geen betaalbare woningen zijn.",
    ),
    "hard rijden": ("Leg een drempel voor de school.", "Ze racen hier met tachtig door de straat."),
    "jongeren op straat": (
        "Geef die jongens een eigen plek.",
        "De jeugd verveelt zich en maakt dan rotzooi.",
    ),
    "samen eten": (
        "De kookgroep in de Wissel is het mooiste van de week.",
        "Aan tafel leer je elkaar het beste kennen.",
    ),
    "eenzaam": ("Er belt bijna nooit iemand aan.", "Ouderen zitten vaak alleen binnen."),
    "groen": ("Plant meer bomen en struiken.", "Van al die stenen word je niet vrolijk, geef ons planten."),
    "geldzorgen": ("Ik heb schulden en schaam me ervoor.", "Rondkomen lukt niet meer van mijn uitkering."),
    "taal": (
        "Zonder Nederlands vind je geen werk.",
        "Ik oefen elke week woorden met een vrijwilliger.",
    ),
    "zorg": (
        "Een afspraak bij de dokter duurt hier eeuwen.",
        "Mantelzorg is zwaar als je zelf ook werkt.",
    ),
    "kapotte lift": (
        "Met mijn rollator kom ik zonder lift niet beneden.",
        "De monteur is al vier keer geweest.",
    ),
    "spelen": (
        "Een voetbalveldje zou alles veranderen voor de kinderen.",
        "Er is geen schommel meer en de zandbak is weg.",
    ),
    "buren": ("Wij letten op elkaar in de flat.", "Door ruzie praten de mensen boven en onder niet meer."),
}
