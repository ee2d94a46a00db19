"""Marketing: agreements about leads, channels, disputed leads."""
