"""The forecast's track record."""
