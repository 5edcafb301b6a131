"""Right answers broken in every small way: they prove the checks, and give words to answers that fail like one."""

from .brackets import bracket_mutants
from .making import Mutant, mutants
from .values import other_values

__all__ = ["Mutant", "bracket_mutants", "mutants", "other_values"]
