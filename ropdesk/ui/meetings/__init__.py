"""Meetings: what is held and when, promises, tasks, protocols, kinds."""
