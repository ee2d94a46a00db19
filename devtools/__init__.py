"""Tools of the developers that need more than the standard library; called through dev.py."""
