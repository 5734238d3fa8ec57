"""OData v3 and v4 as the Dutch statistical services speak it. Knows no table."""

from core.odata.columns import Column, ColumnMissing, Columns, ColumnsMoved
from core.odata.filters import all_of, any_of, equals, literal, one_of, padded, startswith
from core.odata.v3 import OData3
from core.odata.v4 import Observation4, OData4

__all__ = [
    "Column",
    "ColumnMissing",
    "Columns",
    "ColumnsMoved",
    "OData3",
    "OData4",
    "Observation4",
    "all_of",
    "any_of",
    "equals",
    "literal",
    "one_of",
    "padded",
    "startswith",
]
