"""Scorecards of sites, regions, the organisation and campaigns; leagues, movers, rankings."""

from audit_api.services.scorecards.cards import (
    CardRequest,
    Scorecard,
    question_ranking,
    scorecard,
)
from audit_api.services.scorecards.distributions import Distribution, distributions
from audit_api.services.scorecards.leagues import Movers, SiteLine, league, movers
from audit_api.services.scorecards.questions import QuestionLine
from audit_api.services.scorecards.subjects import (
    Scope,
    Subject,
    campaign,
    everywhere,
    network,
    organisation,
    region,
    site,
    visible,
)
from audit_api.services.scorecards.titles import scoring_keys

__all__ = [
    "CardRequest",
    "Distribution",
    "Movers",
    "QuestionLine",
    "Scope",
    "Scorecard",
    "SiteLine",
    "Subject",
    "campaign",
    "distributions",
    "everywhere",
    "league",
    "movers",
    "network",
    "organisation",
    "question_ranking",
    "region",
    "scorecard",
    "scoring_keys",
    "site",
    "visible",
]
