"""Words that the patterns of `stories.personal_patterns` know, each as part of a regular expression."""

import re

type Branches = dict[str, Branches]


def any_of(words: str, *, capital_too: bool = False) -> str:
    """One of the words. Letters they share are written once, so that a text is gone through quickly.

    `capital_too`: each word may begin with a capital.
    """
    root: Branches = {}
    for word in words.split():
        branch = root
        for letter in f"{word}\0":
            branch = branch.setdefault(letter, {})
    return f"(?:{_written(root, capital_too)})"


def _written(branch: Branches, capital_too: bool = False) -> str:
    """Longer words first: "buurvrouw" is not cut to "buur"."""
    letters = [letter for letter in branch if letter != "\0"]
    pieces = [_letter(letter, capital_too) + _written(branch[letter]) for letter in letters]
    if not pieces:
        return ""
    together = pieces[0] if len(pieces) == 1 and "\0" not in branch else f"(?:{'|'.join(pieces)})"
    return f"{together}?" if "\0" in branch else together


def _letter(letter: str, capital_too: bool) -> str:
    return f"[{letter}{letter.upper()}]" if capital_too and letter.isalpha() else re.escape(letter)


# Before a name; what they call is taken along: "mevrouw Jansen", "buurman Ali".
_TITLES = """
    mevrouw meneer mijnheer menheer heer mevr. mevr mw. mw dhr. dhr hr. familie fam. dokter dr. drs. ir. mr. prof.
    huisarts tandarts juf juffrouw meester imam dominee pastoor pater zuster wijkagent agent conciërge
    huismeester beheerder coach trainer kapper slager bakker buschauffeur wethouder burgemeester
    """
_RELATIONS = """
    buurvrouw buurman buurjongen buurmeisje bovenbuurman bovenbuurvrouw onderbuurman onderbuurvrouw overbuurman
    overbuurvrouw zoon zoontje dochter dochtertje man vrouw vriend vriendin vriendje vriendinnetje collega broer broertje
    zus zusje vader moeder mama papa oma opa tante oom ome neef neefje nicht nichtje kleinzoon kleindochter ex ex-man
    ex-vrouw schoonmoeder schoonvader schoonzus zwager stiefvader stiefmoeder huisgenoot leerling bewindvoerder
    begeleider begeleidster mantelzorger vrijwilliger bewoner bewoonster jongen meisje
    """
TITLES = any_of(_TITLES, capital_too=True)
RELATIONS = any_of(_RELATIONS, capital_too=True)
# Who can have a name in "… heet Sanne": a street, a dog or a foundation has one too, and that is no matter.
NAMED = frozenset(f"ik hij zij ze {_TITLES} {_RELATIONS}".split())
BETWEEN = any_of(
    "van de der den ter ten te el al ben bin von la le da dos 't op den Van De Der Den Ter Ten El Al Ben A Abu"
)
_STREETS = "straat straatje laan weg plein kade gracht hof singel dreef pad steeg plantsoen dijk wal boulevard baan markt haven"
STREETS = any_of(_STREETS, capital_too=True)
# What ends a capital word that is a street, a school, a church or a shop and no surname.
NO_SURNAME = any_of(
    f"{_STREETS} school schoolplein college park huis centrum kerk moskee brug tunnel poort wijk buurt buurten"
)
# Capital words that follow a title or relation without being a name.
NO_NAME = any_of(
    """
    Nederlands Nederlandse Engels Engelse Duits Duitse Frans Franse Spaans Spaanse Turks Turkse Arabisch Arabische
    Marokkaans Marokkaanse Pools Poolse Surinaams Surinaamse Antilliaans Antilliaanse Oekraïens Oekraïense Russisch
    Russische Chinees Chinese Somalisch Eritrees Syrisch Berbers Portugees Italiaans Grieks Vlaams Belgisch Europees
    Nederlander Nederlanders Nederlandse Marokkaan Marokkanen Turk Turken Pool Polen Surinamer Moslim Moslima Christen Hindoe
    Jood Katholiek Protestant Nederland Turkije Marokko Suriname Oekraïne Syrië Europa
    Ramadan Kerst Kerstmis Pasen Sinterklaas Koningsdag Suikerfeest Havo Mavo Vmbo Vwo Mbo Hbo Gymnasium
    Noord Zuid Oost West Centrum Natuur Aarde Staat Overheid Gemeente Jeugd Zorg Nieuws Dag Fatsoen
    De Het Een Wij Ik Hij Zij Ze Je U Er Dat Dit Die Deze Daar Hier Maar En Als Of Ook Toch Nu Dan Toen Want Mijn Onze Ons Uw
    Haar Zijn Hun In Op Aan Bij Met Naar Om Uit Van Voor Zonder Na Ja Nee Niet Niemand Iedereen Wie Wat Waar Waarom Hoe
    Wanneer Geen Alle Alles Veel Soms Vaak Altijd Nooit Gisteren Vandaag Morgen Elke Elk Sinds Vroeger Volgens
    """
)
# First names that are common in the Netherlands and are no everyday word. On their own they are seen only inside a
# sentence: at its start, or in a street, they would be wrong too often.
FIRST_NAMES = any_of(
    """
    Aad Aaliyah Abdel Abdul Abdullah Achmed Adriaan Agnes Ahmed Aisha Aicha Albert Alexander Ali Alice Amina Amir Amira Ana
    Andrea Andrzej Angela Anita Anja Anke Anna Anne Annemarie Annie Anouk Ans Anton Antonio Arie Arjan Arjen Arthur Astrid
    Ayşe Ayse Barbara Bart Ben Bernard Bert Betty Bilal Björn Bob Boris Brahim Bram Carla Carlos Caroline Cees Cemal Chantal
    Charlotte Chris Christiaan Cindy Claudia Coby Connie Cor Corrie Daan Daniel Danny David Debbie Dennis Diana Dick Dirk
    Driss Ed Eduard Elif Elise Ellen Els Elsa Emma Emre Eric Erik Esra Esther Eva Evelien Evi Fadma Farid Fatih Fatima Fatma
    Femke Ferry Finn Fleur Floor Frank Frans Fred Frits Geert Gerard Gerda Gerrit Gijs Greet Guus Hamza Hannah Hanneke Hans
    Harm Harrie Harry Hassan Hatice Heleen Henk Hennie Henny Herman Hüseyin Huub Ibrahim Ilse Imane Ineke Ingrid Irene Iris
    Isa Ismail Ivo Jaap Jack Jacqueline Jamal Jan Janneke Jasmijn Jasper Jayden Jelle Jeroen Jeffrey Jerry Jesse Jessica Jim
    Jimmy Joep Johan Johanna John Jolanda Joost Joris José Jos Joyce Judith Julia Jurgen Karel Karim Karin Karolina Kees Kelly
    Kemal Kevin Khadija Khalid Kim Klaas Koen Kurt Laila Lars Latifa Laura Leila Lena Leo Lex Leyla Lian Lieke Lies Linda Lisa
    Loes Lotte Louis Luca Lucas Luuk Maarten Maartje Madelon Mahmoud Malika Manon Marcel Marco Margriet Maria Mariam Marianne
    Marieke Marijke Mario Marjan Mark Marleen Marlies Martin Martijn Mary Maryam Mats Max Meike Mehmet Melissa Menno Merel
    Meryem Michael Michel Miep Mieke Mike Mila Milan Milou Mina Mirjam Mo Mohamed Mohammed Monique Murat Mustafa Nadia Naima
    Natasha Nathalie Nick Nicole Niels Nina Noah Noor Nora Olga Omar Oscar Osman Otto Patricia Patrick Paul Paula Peter Petra
    Piet Pieter Pim Priscilla Rachid Rachida Ramon Rashid Ravi Rebecca Remco René Ria Ricardo Richard Rick Rik Rita Rob
    Robert Robin Roel Roelof Roland Romy Ronald Ruben Rutger Ruud Saar Sabine Sabrina Said Samira Samuel Sander Sandra Sanne
    Sara Sarah Sem Serkan Sharon Silvia Simone Sjoerd Sofie Sonja Stefan Sterre Steven Suzan Sven Sylvia Tamara Tara Tess Teun
    Theo Thijs Thomas Tim Timo Tineke Tjeerd Tom Tomasz Ton Toon Trees Ümit Ursula Vera Victor Vincent Wesley Wiebe Willem
    Willemijn Willy Wim Wouter Yara Yasin Yasmina Youssef Yusuf Yvonne Zainab Zeynep Zoë
    """
)
FAMOUS = (
    "Albert Heijn",
    "Anne Frank",
    "Willem de Zwijger",
    "Willem Alexander",
    "Piet Hein",
    "Michiel de Ruyter",
)
MONTHS = any_of(
    """januari februari maart april mei juni juli augustus september oktober november december
    jan feb mrt apr jun jul aug sep okt nov dec"""
)
# What is counted after a number, so that "de Kerkweg 30 km" is no address.
COUNTED = any_of(
    """km meter m euro cent jaar jaren maanden weken dagen uur minuten keer mensen huizen woningen bomen bankjes banken auto's
    kinderen procent graden gezinnen winkels plekken meldingen"""
)
