"""Files in: the list of imports, the wizard, the watched folder."""
