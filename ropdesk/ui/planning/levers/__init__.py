"""«What if»: levers of the rest of the month."""
