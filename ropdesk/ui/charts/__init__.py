"""Charts. pyqtgraph is imported when the first one has been shown, never before."""
