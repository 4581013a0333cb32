"""What PostgreSQL alone makes of an audit, by pgbench: the limits of intake."""
