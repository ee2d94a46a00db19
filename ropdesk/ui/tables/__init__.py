"""Tables of prepared cells."""
