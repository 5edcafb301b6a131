"""What a course remembers: its ledger, nbgrader's gradebook and the back-ups of it."""
