"""Signals in the window."""
