"""What runs only in a learner's notebook: the first cell, panels, the record of points, the map of the course."""
