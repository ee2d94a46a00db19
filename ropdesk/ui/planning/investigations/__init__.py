"""Investigations: what stands out, the cases under investigation, and the proven actions."""
