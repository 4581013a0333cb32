"""Insights: key drivers, findings that come again, weekdays and hours, forecasts."""

from audit_api.api.insights import drivers, forecasts, repeats, times
from audit_api.api.insights.arguments import blueprint

__all__ = ["blueprint", "drivers", "forecasts", "repeats", "times"]
