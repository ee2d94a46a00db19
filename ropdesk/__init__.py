"""RopDesk: the desk of the head of a sales department."""

__version__ = "0.1.0"
