"""The rows of the buurtscan, by noun."""

from buurtscan.models.deepening import PartnerFigure, PartnerTable, PolicyFact, ScanPicture, Visibility
from buurtscan.models.extents import TableExtent
from buurtscan.models.scans import FigureStatus, LookAlike, Scan, ScanFigure, ScanSource
from buurtscan.models.store import AreaRow, Distribution, Likeness, Pull, Source, SourceTable
from buurtscan.models.takeaways import Takeaway
from buurtscan.models.talking import Duiding, FigureMark, HiddenFigure, ScanNote, ScanQuestion

__all__ = [
    "AreaRow",
    "Distribution",
    "Duiding",
    "FigureMark",
    "FigureStatus",
    "HiddenFigure",
    "Likeness",
    "LookAlike",
    "PartnerFigure",
    "PartnerTable",
    "PolicyFact",
    "Pull",
    "Scan",
    "ScanFigure",
    "ScanNote",
    "ScanPicture",
    "ScanQuestion",
    "ScanSource",
    "Source",
    "SourceTable",
    "TableExtent",
    "Takeaway",
    "Visibility",
]
