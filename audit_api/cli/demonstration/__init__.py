"""The demonstration: a small tea company, its people, its plans and three months of visits."""
