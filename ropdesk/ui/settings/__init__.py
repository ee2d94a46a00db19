"""The settings: the workspace, this computer, the calendar, backups and the history."""
