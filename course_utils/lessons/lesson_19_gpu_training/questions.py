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
speed_up.follows("seconds_per_epoch", lambda steps_per_epoch: steps_per_epoch * 0.004)
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
    (
        "seconds-of-the-other-network",
        9.38,
        "20 ms is the step of the other network, of the next question. How long is a step of this one?",
    ),
    ("tenfold", 18.76, "That would be 40 ms a step. How many seconds are 4 ms: 0.4, 0.04 or 0.004?"),
    ("hundredfold", 187.6, "That would be 400 ms a step. How many seconds are 4 ms: 0.4, 0.04 or 0.004?"),
    ("microseconds", 0.001876, "You divided by 1000 twice. How many milliseconds are in a second?"),
    ("seconds-of-the-full-batches", 1.872, "That is 468 steps of 4 ms. Where do the last 96 digits go?"),
    ("quarter", 117.25, "469 / 4 divides by the time of a step. How long do 469 steps of 4 ms take?"),
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
for name, value, hint in (
    (
        "nine-milliseconds-less",
        20 / 11,
        "Nine times as fast is not 9 ms less. How long does a training of 18 ms take then?",
    ),
    (
        "load-faster",
        20 / (2 / 9 + 18),
        "Your GPU loads nine times as fast, and trains as before. Which of the two is its work?",
    ),
    (
        "nine-times-as-slow",
        20 / (2 + 18 * 9),
        "Your new step is longer than the old one. Is 18 ms multiplied by 9 or divided?",
    ),
    ("old-training-only", 18 / 4, "18 ms is the old training alone. What else takes time in the old step?"),
    ("new-training-only", 20 / 2, "2 ms is the new training alone. What else takes time in the new step?"),
    ("nine-tenths", 20 / (2 + 18 * 0.9), "You left nine tenths of the training. What is a ninth of 18 ms?"),
    (
        "milliseconds-saved-of-all",
        16 / 20,
        "That is the share of a step that is saved. How many times does the new step fit into the old?",
    ),
):
    speed_up.wrong(name, hint, gpu_speed_up=value)
for name, value, hint in (
    (
        "no-limit",
        np.inf,
        "The training may take no time at all, the loading still does. What is left of a step of 20 ms?",
    ),
    ("training-left", 20 / 18, "18 ms is the training, which may shrink to nothing. Which part of the step stays?"),
    (
        "limit-upside-down",
        0.1,
        "That is the new time divided by the old one. Which of the two stands above?",
    ),
    ("what-is-left", 2.0, "2 ms is what is left of a step. How many times does that fit into the old one?"),
    (
        "share-of-training",
        0.9,
        "That is the share of the training in a step. How many times does what is left fit into the whole?",
    ),
):
    speed_up.wrong(name, hint, highest_speed_up=value)
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
