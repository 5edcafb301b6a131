"""Where student code runs, and all that may pass between it and the judge."""
