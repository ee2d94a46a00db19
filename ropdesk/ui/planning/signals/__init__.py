"""Signals: what stands out, as a calm list."""
