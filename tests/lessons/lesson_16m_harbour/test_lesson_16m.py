"""What the harbour's exam says of answers that fall short, without a training."""

import numpy as np
import pytest

from course_utils.lessons.lesson_16m_harbour.logs import draw, numbering, quays_of_the_ship
from course_utils.lessons.lesson_16m_harbour.train import train
from course_utils.lessons.lesson_16m_harbour.train_mistakes import _is_an_earlier_one


@pytest.mark.parametrize(
    ("wrong", "which", "name"),
    [
        (0.7, "a quay of another ship", "another-ship"),
        (0.3, "a quay of another ship", "short"),  # such a program finds entries, and was stopped too early
        (0.25, "an earlier quay of the ship", "earlier-entry"),
    ],
)
def test_the_hint_follows_from_how_many_answers_are_wrong_and_what_they_name(wrong, which, name):
    rng = np.random.default_rng(5)
    pages = draw(1000, rng, numbering(rng))
    said = pages.quays.copy()
    for page in np.flatnonzero(rng.random(len(pages)) < wrong):
        row, right, own = pages.rows[page], pages.quays[page], quays_of_the_ship(pages.rows[page])
        named = {int(number) for number in row[:-1] if number in pages.quays} - {right}
        some = named - {*own} if which.startswith("a quay") else {quay for quay in own if quay != right}
        some = {quay for quay in some if which.startswith("a quay") or _is_an_earlier_one(quay, right, own)}
        said[page] = min(some, default=right)
    seen = {"answers": said, "own": False, "easier": False}
    assert train.finding(seen, pages.quays, pages.rows)[0] == name
