"""The way through the course: all lessons with what each teaches, links to those that are here, and your points."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from course_utils import lessons

from . import progress


class Stop(NamedTuple):
    """A lesson on the map."""

    name: str
    title: str
    teaches: str


LESSONS = (
    Stop("00_start_here", "Start here", "how a lesson, its checks and your points work"),
    Stop("01_neuron", "One neuron", "inputs, weights, bias; a decision; layers and what deep means"),
    Stop("02_activations", "Activation functions", "ReLU, sigmoid, softmax; why a network must bend"),
    Stop("03_layers", "Layers", "forward propagation, a whole layer in one line"),
    Stop("04_losses", "Losses", "mean squared error and cross-entropy: how wrong is an answer"),
    Stop("05_gradient_descent", "Gradient descent", "downhill, one step at a time; the learning rate"),
    Stop("05m_promise", "A promise in minutes", "a milestone: a training program of your own, for a loss of its own"),
    Stop("06_backprop", "Backpropagation", "the chain rule by hand, checked with numbers"),
    Stop("06a_autograd", "Autograd in forty lines", "numbers that find their own gradients; GradientTape"),
    Stop("07_numpy_mnist", "Digits in NumPy", "the training loop: epochs, batches, handwritten digits"),
    Stop("08_optimizers", "Optimizers", "SGD, momentum, RMSprop, Adam"),
    Stop("08m_machine", "A machine complains", "a milestone: a network and its optimizer in NumPy, all your own"),
    Stop("09_keras_workflow", "The Keras workflow", "five steps: prepare, define, compile, train, evaluate"),
    Stop("10_keras_mnist", "Digits in Keras", "two networks for handwritten digits, their curves and mistakes"),
    Stop("11_regularization", "Regularization", "overfitting, and dropout, L2, early stopping, more data against it"),
    Stop("12_tuning", "Tuning", "hyperparameters: log scale, random search, halving; luck, and an honest test"),
    Stop("13_cnn", "Images", "convolution and pooling: edges, shapes, objects"),
    Stop("13m_plankton", "Life in a drop", "a milestone: a network of your own for pictures of your own"),
    Stop("14_rnn_lstm", "Sequences", "networks with memory: RNN and LSTM on film reviews"),
    Stop("15_deep_networks", "Deep networks", "vanishing gradients, and what cures them"),
    Stop("16_attention", "Attention", "the heart of the transformer"),
    Stop(
        "16m_harbour",
        "Where does the ship lie?",
        "a milestone: a network of your own that reads, and answers a question",
    ),
    Stop("17_gan", "Generating", "two networks in a contest: GAN"),
    Stop("18_transfer_learning", "Transfer learning", "starting from what another network has learned"),
    Stop("19_gpu_training", "Training on a GPU", "speed, mixed precision, several GPUs"),
    Stop("20_deployment", "Deployment", "saving a model and using it in an application"),
)


@dataclass(frozen=True)
class Row:
    """A lesson, whether its notebook is here, the points (yours and all there are), and whether it may be left out.

    `extra` and `extra_of` are the points outside of the total.
    """

    stop: Stop
    title: str
    here: bool
    points: float
    of: float
    optional: bool
    extra: float = 0
    extra_of: float = 0


class CourseMap:
    """The lessons as a table with links; `folder` is the one that holds them.

    In a notebook the folder is the one above its own, so `CourseMap()` on a line by itself shows the map.
    """

    def __init__(self, folder: str | Path = ".."):
        done, known = progress.read(), lessons.names()
        self.rows = []
        for stop in LESSONS:
            lesson = lessons.load(stop.name) if stop.name in known else None
            here = (Path(folder) / stop.name / f"{stop.name}.ipynb").is_file()
            if lesson is None:
                self.rows.append(Row(stop, stop.title, here, 0, 0, False))
                continue
            points, extra = progress.earned_in(lesson, done.get(stop.name, {}))
            of, extra_of = lesson.points, sum(lesson.extras.values())
            self.rows.append(Row(stop, lesson.title, here, points, of, lesson.optional, extra, extra_of))

    def __repr__(self) -> str:
        lines = [f"{lessons.number(r.stop.name):<5}{r.title:<28}  {_state(r):<27}{r.stop.teaches}" for r in self.rows]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = _html_row("th", ["", "lesson", "what it teaches", "your points"])
        body = (
            _html_row("td", [lessons.number(r.stop.name), _link(r), escape(r.stop.teaches), _state(r)])
            for r in self.rows
        )
        return f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"


def _html_row(tag: str, texts: list[str]) -> str:
    return "<tr>" + "".join(f'<{tag} style="text-align:left">{text}</{tag}>' for text in texts) + "</tr>"


def _link(row: Row) -> str:
    title = escape(row.title)
    return f'<a href="../{row.stop.name}/{row.stop.name}.ipynb">{title}</a>' if row.here else title


def _state(row: Row) -> str:
    if not row.here:
        return "not here"
    state = f"{row.points:g} of {row.of:g} points" if row.of else "open it"
    extra = f", and {row.extra:g} of {row.extra_of:g} extra" * bool(row.extra_of)
    return f"{state}{extra}{', optional' * row.optional}"
