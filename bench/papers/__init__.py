"""Papers: an audit's report and a site's scorecard as PDF."""
