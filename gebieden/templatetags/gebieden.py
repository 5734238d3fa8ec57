from typing import Any

from django import template
from django.forms import BoundField

from gebieden.names import everyday, in_full
from gebieden.picker import Choice

register = template.Library()
register.filter("everyday", everyday)
register.filter("in_full", in_full)


@register.simple_tag(takes_context=True)
def areas_field(context: dict[str, Any], name: str = "areas") -> BoundField | None:
    """The field of the form in the context; a fresh form takes `q` and `area` from the address."""
    form = context.get("form")
    if form is None or name not in form.fields:
        return None
    request = context.get("request")
    if request is not None and not form.is_bound:
        choice = Choice.sent(request.GET, "area", name)
        if choice.codes or choice.q:
            form.initial[name] = choice
    field: BoundField = form[name]
    return field
