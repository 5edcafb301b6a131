"""Lesson 16: attention weights, masks, a test for leaks, positions, several heads, a block, and names that it writes.

The Keras answer is judged by what it does: its output is computed again in NumPy from its weights, so the judge
needs no TensorFlow; Keras is imported when one of the answers in its table is really run.
"""

from course_utils.exercises import Lesson

from .attend import attend
from .attention_weights import attention_weights
from .build_block import build_block
from .by_hand import BY_HAND
from .causal_mask import causal_mask
from .explained import EXPLAINED
from .generate import generate
from .leaks import leaks
from .multi_head import multi_head
from .positions import positions
from .predictions import PREDICTIONS
from .quiz import QUIZ
from .repair_lookup import repair_lookup
from .sample import sample

lesson = Lesson(
    "16_attention",
    "Attention",
    [
        attention_weights,
        attend,
        causal_mask,
        leaks,
        positions,
        multi_head,
        build_block,
        sample,
        generate,
        repair_lookup,
    ],
    predictions=PREDICTIONS,
    by_hand=BY_HAND,
    quiz=QUIZ,
    explained=EXPLAINED,
)
