"""Lesson 14: a step of an RNN and of an LSTM, a whole sequence, next words, a memory by hand, a review classifier.

The Keras answer is judged by what it does: its prediction is computed again in NumPy from its weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

from course_utils.exercises import Lesson

from .build_classifier_training import build_classifier
from .by_hand import BY_HAND
from .cell_mistakes import cell_by_hand
from .explained import EXPLAINED
from .last_capital import last_capital
from .lstm_mistakes import lstm_step
from .next_words import next_words
from .pad import pad
from .predictions import PREDICTIONS
from .questions import count
from .quiz import QUIZ
from .read_sequence import read_sequence
from .rnn_step import rnn_step
from .through_time import through_time

lesson = Lesson(
    "14_rnn_lstm",
    "Sequences: RNN and LSTM",
    [
        rnn_step,
        read_sequence,
        next_words,
        lstm_step,
        last_capital,
        cell_by_hand,
        pad,
        count,
        build_classifier,
        through_time,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
