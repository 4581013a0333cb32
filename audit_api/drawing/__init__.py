"""Charts as lists of marks: values in, drawings out.  No output format is known here.

A chart is a function of its values, of labels, of the fonts' measures and of a width; those with
columns need some 400 points of it.
"""

from audit_api.drawing.bars import Bar
from audit_api.drawing.comparison import Comparison
from audit_api.drawing.figures import Figure
from audit_api.drawing.gauge import BandStart, Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.metrics import Metric
from audit_api.drawing.periods import Expected, Period

__all__ = [
    "BandStart",
    "Bar",
    "Comparison",
    "Expected",
    "Figure",
    "Labels",
    "Metric",
    "Period",
    "Scale",
    "Text",
]
