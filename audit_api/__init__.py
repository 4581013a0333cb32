"""A backend for mystery shopping and touchpoint audits."""
