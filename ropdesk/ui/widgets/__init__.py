"""The window's own small widgets, one family a module."""
