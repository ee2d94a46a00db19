"""The meeting room: agenda, numbers, promises, protocol."""
