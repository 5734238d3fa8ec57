from projects.models.bouwstenen import Bouwsteen, BouwsteenStatus, RipenessCheck, UrgencyStatement
from projects.models.partijen import Commitment, Party, PartyKind, Talent
from projects.models.people import Invitation, Membership, Role, Side, User
from projects.models.projects import Project

__all__ = [
    "Bouwsteen",
    "BouwsteenStatus",
    "Commitment",
    "Invitation",
    "Membership",
    "Party",
    "PartyKind",
    "Project",
    "RipenessCheck",
    "Role",
    "Side",
    "Talent",
    "UrgencyStatement",
    "User",
]
