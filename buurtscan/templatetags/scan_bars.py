from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtscan.pages import Cell

register = template.Library()
WIDTH, ROW = 200, 14


@register.simple_tag
def bars(cells: Sequence[Cell]) -> SafeString:
    """Lines of the area (blue, thick) and of what it is compared with (grey, thin), from zero."""
    if not cells:
        return SafeString("")
    most = max(cell.value or 0 for cell in cells) or 1
    shapes = [bar(number, cell, most) for number, cell in enumerate(cells)]
    title = "; ".join(_("%(name)s: %(value)s") % {"name": cell.name, "value": cell.shown} for cell in cells)
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>',
        WIDTH,
        ROW * len(cells),
        title,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def bar(number: int, cell: Cell, most: float) -> SafeString:
    asked = number == 0
    width = max(2, round(WIDTH * (cell.value or 0) / most))
    height = ROW - 4 if asked else ROW - 8
    return format_html(
        '<rect class="bars__{}" x="0" y="{}" width="{}" height="{}" rx="2"/>',
        "asked" if asked else "beside",
        number * ROW + (ROW - height) // 2,
        width,
        height,
    )
