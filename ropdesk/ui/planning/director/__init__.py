"""The report to the director."""
