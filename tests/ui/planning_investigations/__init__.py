"""The sides of investigations."""
