"""The day of the sales head."""
