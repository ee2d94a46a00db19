from hypothesis import settings

# The first working day asked for imports `holidays`; a loaded machine may take its time over that.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
