"""Insights: what moves a score, what comes again, when visits go well, what is to be expected."""

from audit_api.services.insights.drivers import By, KeyDrivers, Outcome, key_drivers
from audit_api.services.insights.forecasts import ScoreForecast, forecast_of
from audit_api.services.insights.repeats import Repeats, repeated
from audit_api.services.insights.times import Rhythm, rhythm

__all__ = [
    "By",
    "KeyDrivers",
    "Outcome",
    "Repeats",
    "Rhythm",
    "ScoreForecast",
    "forecast_of",
    "key_drivers",
    "repeated",
    "rhythm",
]
