"""Audits without photos: one a call, ten a call, on PostgreSQL and on SQLite."""
