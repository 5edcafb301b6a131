"""What authors and instructors run: build, grade, feedback, report, doctor. The `course` command is in cli.py.

From the ground up: errors, files, cells · course, assignment, submission, results · runner (where student code runs) ·
judge (its verdict) · records (ledger, gradebook) · reporting · grading (a class), build (a lesson) · commands, cli.
"""
