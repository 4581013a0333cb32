"""Audits with photos: taken in, put into the store, and shown."""
