"""Lesson 01: one neuron by hand and in NumPy, a decision, a line, and how many numbers a network holds."""

from course_utils.exercises import Lesson

from .and_neuron import and_neuron
from .count_parameters_mistakes import count_parameters
from .decide_mistakes import decide
from .neuron_mistakes import neuron
from .predictions import PREDICTIONS
from .questions import by_hand, read_network
from .weighted_sum_mistakes import weighted_sum

lesson = Lesson(
    "01_neuron",
    "One neuron",
    [
        by_hand,
        weighted_sum,
        neuron,
        decide,
        and_neuron,
        read_network,
        count_parameters,
    ],
    predictions=PREDICTIONS,
)
