"""What authors and instructors run: build, grade, feedback, report, doctor. The `course` command is in cli.py."""
