"""The team page: who works here, since when, how far along, and when they are away."""
