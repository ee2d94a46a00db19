"""What a sales head knows: values and rules. Standard library only (and `holidays`, in calendar.py)."""
