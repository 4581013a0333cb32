"""The type of charts and documents: the embedded fonts, and how texts break into lines."""
