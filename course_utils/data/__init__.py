"""The course's data: where it is looked for, how it is read, and the samples that are bundled."""

from .loaders import load_mnist, load_reviews
from .names import load_names
from .search import DataError

__all__ = ["DataError", "load_mnist", "load_names", "load_reviews"]
