"""The week's action plan: goals, the grid of days and hours, what waits beside it."""
