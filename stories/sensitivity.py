"""Proposes that a story is sensitive: health, crime or violence, and a person in the same text.

A proposal with the words that caused it; a moderator decides.
"""

import re
from dataclasses import dataclass

_SUBJECTS: dict[str, str] = {
    "gezondheid": (
        r"depress\w*|verslaa?f\w*|verslaving\w*|drugs|alcoholist\w*|alcoholprobl\w*|dement\w*|psychos\w*|psychia\w*"
        r"|autis\w*|adhd|kanker|hiv|zelfmoord\w*|suïcid\w*|suicid\w*|miskraam|abortus|anorexia|burn-?out"
        r"|medicijn\w*|opgenomen in|ggz|crisisdienst|schizofren\w*|borderline|handicap\w*"
    ),
    "strafbare feiten": (
        r"gestolen|steelt|stal|dief\w*|inbraa?k\w*|inbrek\w*|ingebroken|overval\w*|dealt|dealer\w*|dealen|drugshandel\w*"
        r"|wapen\w*|neergestoken|mes getrokken|aangifte|gearresteerd|opgepakt|gevangenis|veroordeeld\w*|fraude\w*"
        r"|brandstichting|wietplantage|hennep\w*"
    ),
    "geweld": (
        r"mishandel\w*|geslagen|slaat|verkracht\w*|aangerand|aanranding|misbruik\w*|bedreig\w*|gestalkt|stalk\w*"
        r"|huiselijk geweld|incest|loverboy\w*|eerwraak|uitgebuit|uitbuiting|opgesloten"
    ),
}
_WORDS = {
    subject: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for subject, words in _SUBJECTS.items()
}
_PERSON = re.compile(
    r"(?<!\w)(?:(?:mijn|m'n|onze|haar|zijn|hun|de|een|die|deze)\s+)?"
    r"(?:buurman|buurvrouw|buurjongen|buurmeisje|bovenbuur\w*|onderbuur\w*|buren|vriend|vriendin|zoon|dochter|kind|vader"
    r"|moeder|man|vrouw|broer|zus|zusje|broertje|opa|oma|neef|nicht|oom|tante|collega|leerling|meisje|jongen|"
    r"huisgenoot|ex)(?!\w)",
    re.IGNORECASE,
)
_I = re.compile(r"(?<!\w)ik\s+(?:ben|was|heb|had|word|werd)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    """Why a story may be sensitive: the subject, and the words of the story that say so."""

    subject: str
    words: tuple[str, ...]


def proposals(text: str, *, named: bool) -> list[Proposal]:
    """`named`: the detector found somebody's name, address or number in the story."""
    person = _PERSON.search(text) or _I.search(text)
    if not (person or named):
        return []
    found = []
    for subject, pattern in _WORDS.items():
        words = dict.fromkeys(match.group() for match in pattern.finditer(text))
        if words:
            found.append(Proposal(subject, (*words, *([person.group()] if person else []))))
    return found
