"""What the pages of the scan show besides the figures, gathered from the modules that know it."""

from typing import Any

from buurtscan import deepening, look_alikes, talking
from projects.access import Access


def chapter_parts(access: Access, chapter: str) -> dict[str, Any]:
    return {**talking.chapter_context(access, chapter), **deepening.chapter_context(access, chapter)}


def overview_parts(access: Access) -> dict[str, Any]:
    return {
        **talking.overview_context(access),
        **deepening.overview_context(access),
        **look_alikes.overview_context(access),
    }
