"""Bouwstenen 5, 6 and 7: inzichten, policy and ideas, agendapunten, documents, support."""

from agenda.models.agendapunten import Agendapunt, Support
from agenda.models.beleid import Idea, PolicyLine
from agenda.models.documents import AgendaDocument
from agenda.models.inzichten import Inzicht, published_quotes

__all__ = [
    "AgendaDocument",
    "Agendapunt",
    "Idea",
    "Inzicht",
    "PolicyLine",
    "Support",
    "published_quotes",
]
