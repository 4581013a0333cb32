"""The demonstration: a chain of tea shops, its people, its plans and two years of visits."""
