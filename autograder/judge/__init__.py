"""From one submission to its result, with the assignment's own tests."""
