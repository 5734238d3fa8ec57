"""Every write of the buurtscan."""

from buurtscan.actions.pulls import (
    begin_pull,
    forget_pulls,
    is_absent,
    pulled_sources,
    refresh_sources,
    request_pull,
    run_pull,
)
from buurtscan.actions.reference import refresh_reference, request_reference, run_reference
from buurtscan.actions.scans import run_scan, scan_areas, start_scan
from buurtscan.actions.takeaways import forget_takeaways, render_takeaway, request_takeaway

__all__ = [
    "begin_pull",
    "forget_pulls",
    "forget_takeaways",
    "is_absent",
    "pulled_sources",
    "refresh_reference",
    "refresh_sources",
    "render_takeaway",
    "request_pull",
    "request_reference",
    "request_takeaway",
    "run_pull",
    "run_reference",
    "run_scan",
    "scan_areas",
    "start_scan",
]
