"""The Opinion as data, and how its days are counted."""
