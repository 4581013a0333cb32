"""The paper about many sites: of a region with all below it, the organisation, or a campaign."""
