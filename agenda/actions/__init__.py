"""Every write of bouwstenen 5, 6 and 7. `record_support` is for the rooms above."""

from agenda.actions.agendapunten import (
    add_agendapunt,
    change_state,
    delete_agendapunt,
    edit_agendapunt,
    move_agendapunt,
)
from agenda.actions.beleid import (
    add_idea,
    add_policy_line,
    delete_idea,
    delete_policy_line,
    edit_idea,
    edit_policy_line,
)
from agenda.actions.documents import forget_outdated_documents, render_document, request_document
from agenda.actions.inzichten import add_inzicht, delete_inzicht, edit_inzicht
from agenda.actions.support import record_support

__all__ = [
    "add_agendapunt",
    "add_idea",
    "add_inzicht",
    "add_policy_line",
    "change_state",
    "delete_agendapunt",
    "delete_idea",
    "delete_inzicht",
    "delete_policy_line",
    "edit_agendapunt",
    "edit_idea",
    "edit_inzicht",
    "edit_policy_line",
    "forget_outdated_documents",
    "move_agendapunt",
    "record_support",
    "render_document",
    "request_document",
]
