"""Every write of the buurtscan."""

from buurtscan.actions.pulls import begin_pull, request_pull, run_pull
from buurtscan.actions.scans import run_scan, scan_areas, start_scan

__all__ = ["begin_pull", "request_pull", "run_pull", "run_scan", "scan_areas", "start_scan"]
