"""Campaigns: waves of visits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.warned import stored, warnings
from audit_api.api.http.writes import commits
from audit_api.rules.lifecycle import ReviewRule
from audit_api.services.visits import campaigns
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("campaigns", __name__, description="Waves of visits.")


class CampaignFields(Schema):
    name = fields.Name(required=True)
    checklist_version_id = fields.UUID(required=True)
    scenario = fields.Prose(
        10_000,
        allow_none=True,
        metadata={"description": "The part that the ghost shopper plays."},
    )
    review = Word(
        ReviewRule,
        load_default=ReviewRule.ALWAYS,
        metadata={"description": "`none` approves valid audits as they arrive."},
    )
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class CampaignChange(CampaignFields):
    review = Word(ReviewRule)
    accept_incomparable = fields.Boolean(
        load_only=True,
        metadata={
            "description": "Let in a checklist version by whose rules visits that count already "
            "would have scored otherwise: a card of the campaign then mixes both."
        },
    )
    override = fields.Reason(
        metadata={"description": "Why planned visits may be left outside the new period."}
    )


class CampaignSchema(Shown, CampaignFields):
    id = fields.UUID()
    version = fields.Integer()


class StoredCampaignSchema(CampaignSchema):
    """A campaign as it is stored now."""

    warnings = warnings()


@blueprint.route("/campaigns", methods=["GET"])
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, CampaignSchema(many=True), headers=PAGE_HEADERS)
def list_campaigns(filters: dict[str, Any]) -> Any:
    """List the organisation's campaigns."""
    rows, headers = page(campaigns.listed(by=who()), **filters)
    return rows, 200, headers


@blueprint.route("/campaigns", methods=["POST"])
@commits
@blueprint.arguments(CampaignFields)
@blueprint.response(201, StoredCampaignSchema, headers=preconditions.CREATED_HEADERS)
def add_campaign(sent: dict[str, Any]) -> Any:
    """Add a campaign."""
    campaign = campaigns.add(by=who(), now=datetime.now(UTC), **sent)
    return (
        stored(campaign, sent, "name"),
        201,
        {
            "ETag": preconditions.etag(campaign.version),
            "Location": f"/api/v1/campaigns/{campaign.id}",
        },
    )


@blueprint.route("/campaigns/<uuid:campaign_id>", methods=["GET"])
@blueprint.response(200, CampaignSchema, headers=preconditions.ETAG_HEADER)
def get_campaign(campaign_id: UUID) -> Any:
    """Get one campaign."""
    campaign = campaigns.find(campaign_id, by=who())
    return campaign, 200, {"ETag": preconditions.etag(campaign.version)}


@blueprint.route(
    "/campaigns/<uuid:campaign_id>", methods=["PATCH"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.arguments(CampaignChange(partial=True))
@blueprint.response(200, StoredCampaignSchema, headers=preconditions.ETAG_HEADER)
def change_campaign(sent: dict[str, Any], campaign_id: UUID) -> Any:
    """Change a campaign; its auditors learn of it at their next sync."""
    campaign = campaigns.find(campaign_id, by=who())
    preconditions.require_match(campaign)
    campaigns.change(campaign, by=who(), now=datetime.now(UTC), **sent)
    return stored(campaign, sent, "name"), 200, {"ETag": preconditions.etag(campaign.version)}
