"""What students, instructors and a learning management system get to see."""
