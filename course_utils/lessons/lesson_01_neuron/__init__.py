"""Lesson 01: one neuron by hand and in NumPy, a decision, a line, and how many numbers a network holds."""

from course_utils.exercises import Lesson

from .and_neuron import and_neuron
from .by_hand import BY_HAND
from .count_parameters_mistakes import count_parameters
from .decide_mistakes import decide
from .explained import EXPLAINED
from .neuron_mistakes import neuron
from .predictions import PREDICTIONS
from .questions import by_hand, read_network
from .quiz import QUIZ
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
    by_hand=BY_HAND,
    quiz=QUIZ,
    predictions=PREDICTIONS,
    explained=EXPLAINED,
)
