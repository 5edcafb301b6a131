"""What the course says about itself, and the site made of it."""
