"""Speed against a floor in the same run: ratios, never a single time."""
