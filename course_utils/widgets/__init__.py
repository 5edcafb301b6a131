"""Things to move: a slider where the front end has live widgets, a still picture everywhere."""

from .explore import explore

__all__ = ["explore"]
