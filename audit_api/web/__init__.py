"""What every entrance of HTTP shares: who asks and how often, in which language, at what cost."""
