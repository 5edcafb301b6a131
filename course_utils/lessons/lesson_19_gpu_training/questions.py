"""Work out what a faster device is worth."""

import numpy as np

from course_utils.exercises import ValuesExercise

speed_up = ValuesExercise(
    "speed-up",
    points=2,
    title="What a faster device is worth",
    reference=lambda: {
        "steps_per_epoch": 469,
        "seconds_per_epoch": 1.876,
        "gpu_speed_up": 5.0,
        "highest_speed_up": 10.0,
    },
)
speed_up.right("whole numbers", gpu_speed_up=5, highest_speed_up=10)
speed_up.right("NumPy numbers", steps_per_epoch=np.float64(469.0), seconds_per_epoch=np.float64(1.876))
speed_up.wrong(
    "last-batch-lost",
    "468 full batches hold 59,904 digits. Where do the other 96 go? They are trained on as well.",
    steps_per_epoch=468,
)
speed_up.wrong(
    "part-of-a-step", "There is no three quarters of a step. How large is the last batch?", steps_per_epoch=468.75
)
speed_up.wrong(
    "milliseconds",
    "That many seconds would be half an hour. How many milliseconds are in a second?",
    seconds_per_epoch=1876.0,
)
for name, value, hint in (
    ("seconds-rounded", 1.88, "You have rounded. Leave all digits: one step more or less would not be seen otherwise."),
    ("seconds-of-a-part", 1.875, "That is 468.75 steps of 4 ms. How many whole steps make an epoch?"),
    ("seconds-of-two", 0.938, "That would be 2 ms a step. How long does a step of this network take?"),
    ("seconds-per-digit", 240.0, "Not each digit takes 4 ms, but each step. How many steps are there?"),
    ("steps-for-seconds", 469.0, "That is the number of steps. How long does each of them take?"),
):
    speed_up.wrong(name, hint, seconds_per_epoch=value)
speed_up.wrong("one-more", "469 steps suffice for all digits; what would be left for a 470th?", steps_per_epoch=470)
speed_up.wrong("digits", "That is the number of digits. How many of them are in a step?", steps_per_epoch=60_000)
speed_up.wrong("old-step", "20 ms is the old time of a step. Divide it by the shortest new one.", highest_speed_up=20.0)
speed_up.wrong(
    "whole-step-faster",
    "You made the whole step nine times as fast. Which part of it does the GPU not touch?",
    gpu_speed_up=9.0,
)
speed_up.wrong(
    "upside-down",
    "A speed-up below 1 would mean that the GPU is slower. Which of the two times stands above?",
    gpu_speed_up=0.2,
)
speed_up.wrong(
    "new-time",
    "4 ms is the new time of a step. A speed-up compares: how many times does it fit into the old one?",
    gpu_speed_up=4.0,
)
speed_up.wrong(
    "time-saved",
    "16 ms is what is saved in each step. A speed-up asks how many times the new step fits into the old.",
    gpu_speed_up=16.0,
)
speed_up.wrong(
    "same-limit",
    "That is the speed-up with the GPU that you have. What is left of the step when training takes 0 ms?",
    highest_speed_up=5.0,
)
speed_up.wrong(
    "compute-over-load",
    "18 / 2 compares the two parts of the old step. Compare the old step with the new.",
    highest_speed_up=9.0,
)
