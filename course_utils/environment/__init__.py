"""A lesson's surroundings: seeds, a quiet TensorFlow, devices, Colab, and whether it is being graded."""

from .lazy import Lazy, keras
from .quiet_tensorflow import import_tensorflow, quiet_stderr, silence_later_import
from .seeds import SEED, seed_everything
from .surroundings import described, devices, in_grading, on_colab

__all__ = [
    "SEED",
    "Lazy",
    "described",
    "devices",
    "import_tensorflow",
    "in_grading",
    "keras",
    "on_colab",
    "quiet_stderr",
    "seed_everything",
    "silence_later_import",
]
