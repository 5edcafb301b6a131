"""Right answers broken in every small way: they prove the checks, and give words to answers that fail like one."""

from .making import Mutant, mutants
from .values import other_values

__all__ = ["Mutant", "mutants", "other_values"]
