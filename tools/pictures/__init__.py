"""The pictures that the README shows."""
