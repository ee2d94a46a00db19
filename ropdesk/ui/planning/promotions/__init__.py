"""Promotions: their list, the chosen one, its result."""
