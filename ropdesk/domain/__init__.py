"""What a sales head knows. Standard library only (and `holidays`, in calendar.py)."""
