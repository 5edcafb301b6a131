"""Right answers broken in every small way: they prove the checks, and give words to answers that fail like one."""

from .making import Mutant, bracket_mutants, mutants
from .values import other_values

__all__ = ["Mutant", "bracket_mutants", "mutants", "other_values"]
