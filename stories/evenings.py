"""Which parties fit the tasks of a verhalenavond: by the talents they said they have."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.models import Party, Talent
from stories.models import AvondTaak

Kind = AvondTaak.Kind
FITS: dict[str, tuple[str, ...]] = {
    Kind.PROGRAMME: (Talent.ORGANISE, Talent.LEAD),
    Kind.COMMUNICATION: (Talent.WRITE, Talent.NETWORK),
    Kind.TRAINING: (Talent.TRAIN, Talent.LEAD),
    Kind.MODERATING: (Talent.LEAD,),
    Kind.FILMING: (Talent.FILM,),
    Kind.CATERING: (Talent.COOK, Talent.SPACE),
}
MOST = 3


@dataclass(frozen=True)
class Match:
    """A party with the talents for which it fits, as words."""

    party: Party
    talents: str


def matches(kind: str, parties: Iterable[Party]) -> list[Match]:
    """At most MOST parties whose talents fit the task: who fits in most ways first, then by name."""
    wanted = FITS[kind]
    fitting = [(party, [talent for talent in wanted if talent in party.talents]) for party in parties]
    found = [(party, talents) for party, talents in fitting if talents]
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    return [
        Match(party, ", ".join(str(Talent(talent).label) for talent in talents))
        for party, talents in found[:MOST]
    ]
