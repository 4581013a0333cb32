"""Exports: what HQ takes away, made by jobs part by part.

An export is planned (an entry for each audit), drawn by several helpers, and put together into one
file in the store.  Each step is noted in the table with what it did: after a kill another worker
goes on where the last note stands.
"""
