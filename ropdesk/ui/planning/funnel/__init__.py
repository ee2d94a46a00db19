"""The funnel: stages, conversions, losses, and deals that got stuck."""
