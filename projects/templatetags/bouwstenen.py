from dataclasses import dataclass
from typing import Any

from django import template

from projects.bouwstenen import BRICK, BRICKS, Brick
from projects.forms.bouwstenen import StatusForm
from projects.models import BouwsteenStatus, Project

register = template.Library()


@dataclass(frozen=True)
class ShownBrick:
    """A bouwsteen of one project, with the state the kernteam gave it."""

    brick: Brick
    status: BouwsteenStatus
    address: str
    current: bool = False


def shown(brick: Brick, project: Project, path: str = "") -> ShownBrick:
    address = brick.address(project.slug)
    return ShownBrick(brick, project.status_of(brick.key), address, path.startswith(address))


@register.simple_tag(takes_context=True)
def bricks_of(context: dict[str, Any], project: Project) -> list[ShownBrick]:
    """The seven bouwstenen of a project; `current` is the one whose page this is. One query."""
    path = context["request"].path if "request" in context else ""
    return [shown(brick, project, path) for brick in BRICKS]


@register.simple_tag
def brick_of(project: Project, bouwsteen: str) -> ShownBrick:
    return shown(BRICK[bouwsteen], project)


@register.simple_tag
def status_form(shown_brick: ShownBrick) -> StatusForm:
    """The form that changes the state of a bouwsteen, filled with what stands."""
    return StatusForm.of(shown_brick.status)
