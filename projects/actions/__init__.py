"""Every write of this room: one function per verb."""

from projects.actions.bouwstenen import set_status

__all__ = ["set_status"]
