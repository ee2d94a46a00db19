"""The reports page: paper made, previewed, printed, saved and issued."""
