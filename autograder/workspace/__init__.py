"""A learner's own folder: made from the lessons that are installed, and brought up to date without losing a word."""
