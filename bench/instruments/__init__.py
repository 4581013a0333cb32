"""What everything here is measured with: load, servers, processors, background work."""
