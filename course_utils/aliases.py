"""Names that lessons handed out earlier import, and where these things lie now.

A notebook that a student has begun keeps working after an update. A new notebook imports none of these.
"""

from __future__ import annotations

import importlib
import sys
from functools import partial
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_LESSONS = "course_utils.lessons.lesson_"

# The old module: the modules in which its names are looked for now.
MOVED = {
    "course_utils.checkup": ["course_utils.notebook.checkup"],
    "course_utils.course_map": ["course_utils.notebook.map"],
    "course_utils.diagrams": ["course_utils.plots.diagrams"],
    "course_utils.duel": [f"{_LESSONS}17_gan.duel"],
    "course_utils.events": [f"{_LESSONS}10_keras_mnist.events"],
    "course_utils.exercises": ["course_utils.lessons"],  # for its `load` and `names`
    "course_utils.exercises.core": ["course_utils.exercises"],
    "course_utils.exercises.lesson_06_backprop": [
        f"{_LESSONS}06_backprop.network_backward",
        f"{_LESSONS}06_backprop.common",
    ],
    "course_utils.feature_maps": [f"{_LESSONS}13_cnn.feature_maps"],
    "course_utils.pictures": ["course_utils.plots.digits"],
    "course_utils.projects": [f"{_LESSONS}20_deployment.projects"],
    "course_utils.request_path": [f"{_LESSONS}20_deployment.request_path"],
    "course_utils.runtime": ["course_utils.environment", "course_utils.notebook.start"],
    "course_utils.serving": [f"{_LESSONS}20_deployment.serving"],
    "course_utils.timeline": [f"{_LESSONS}19_gpu_training.timeline"],
    "course_utils.transfer": [
        f"{_LESSONS}18_transfer_learning.data",
        f"{_LESSONS}18_transfer_learning.networks",
        f"{_LESSONS}18_transfer_learning.pictures",
    ],
    "course_utils.widgets": ["course_utils.plots"],
    "course_utils.widgets.attention_map": [f"{_LESSONS}16_attention.attention_map"],
    "course_utils.widgets.ball": [f"{_LESSONS}05_gradient_descent.ball"],
    "course_utils.widgets.capacity": [f"{_LESSONS}11_regularization.capacity"],
    "course_utils.widgets.computation": [f"{_LESSONS}06_backprop.computation"],
    "course_utils.widgets.drawing": ["course_utils.plots.drawing"],
    "course_utils.widgets.fold": [f"{_LESSONS}03_layers.fold"],
    "course_utils.widgets.ravine": [f"{_LESSONS}08_optimizers.ravine"],
    "course_utils.widgets.scoreboard": [f"{_LESSONS}06_backprop.scoreboard"],
    "course_utils.widgets.search_map": [f"{_LESSONS}12_tuning.search_map"],
    "course_utils.widgets.shape_flow": [f"{_LESSONS}03_layers.shape_flow"],
    "course_utils.widgets.sliding": [f"{_LESSONS}13_cnn.sliding"],
}


class _Finder:
    """Finds the old modules, and fills each with a look-up in the new ones."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name in MOVED else None

    def create_module(self, spec: ModuleSpec) -> None:
        """None: an empty module of the usual kind."""

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = partial(look_up, module.__name__)


def look_up(module: str, name: str) -> Any:
    """What `name` of a moved module means now.

    Errors: AttributeError as every module raises it.
    """
    if not name.startswith("_"):
        for place in map(importlib.import_module, MOVED[module]):
            if hasattr(place, name):
                return getattr(place, name)
    raise AttributeError(f"module {module!r} has no attribute {name!r}")


def install() -> None:
    """Let Python find the old modules, after all that really exist."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
