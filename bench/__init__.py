"""Measures the product beside its limits: `make bench`."""
