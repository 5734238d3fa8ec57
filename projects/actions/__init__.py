"""Every write of this room: one function per verb."""

from projects.actions.bouwstenen import set_status
from projects.actions.invitations import (
    accept_invitation,
    invite,
    join,
    resend_invitation,
    withdraw_invitation,
)
from projects.actions.partijen import add_party, delete_party, edit_party
from projects.actions.people import add_member, change_member, create_beheerder, remove_member
from projects.actions.projects import create_project, edit_project, set_project_state
from projects.actions.urgentie import add_urgency, delete_urgency, edit_urgency, judge_ripeness

__all__ = [
    "accept_invitation",
    "add_member",
    "add_party",
    "add_urgency",
    "change_member",
    "create_beheerder",
    "create_project",
    "delete_party",
    "delete_urgency",
    "edit_party",
    "edit_project",
    "edit_urgency",
    "invite",
    "join",
    "judge_ripeness",
    "remove_member",
    "resend_invitation",
    "set_project_state",
    "set_status",
    "withdraw_invitation",
]
