"""Every write of a wijkwerksessie: preparing, running, what the room sends in, and publishing."""

from wijkwerksessie.actions.prepare import (
    add_round,
    edit_round,
    edit_sessie,
    move_round,
    prepare_sessie,
    remove_round,
    remove_sessie,
)
from wijkwerksessie.actions.publish import publish_cards
from wijkwerksessie.actions.room import (
    count_paper_dots,
    delete_own_card,
    give_dot,
    hide_card,
    join_sessie,
    show_card,
    take_dot,
    write_card,
    write_paper_card,
)
from wijkwerksessie.actions.run import add_minutes, close_sessie, show_results, start_sessie, step_round

__all__ = [
    "add_minutes",
    "add_round",
    "close_sessie",
    "count_paper_dots",
    "delete_own_card",
    "edit_round",
    "edit_sessie",
    "give_dot",
    "hide_card",
    "join_sessie",
    "move_round",
    "prepare_sessie",
    "publish_cards",
    "remove_round",
    "remove_sessie",
    "show_card",
    "show_results",
    "start_sessie",
    "step_round",
    "take_dot",
    "write_card",
    "write_paper_card",
]
