"""Questions that are asked again: right, readable, different each time, and in every lesson; and the quizzes."""

import re
from collections import Counter
from pathlib import Path

import pytest

from course_utils import lessons
from course_utils.exercises import Choice, Lesson
from course_utils.exercises.by_hand import ByHand
from course_utils.exercises.numbers import Numbers
from tests.exercises.from_text import FROM_TEXT, numbers_in

ROOT = Path(__file__).parents[2]
SEEDS = range(40)
LESSONS = [lessons.load(name) for name in lessons.names()]
NUMBERED = [lesson for lesson in LESSONS if re.match(r"\d\d_", lesson.name)]
ITEMS = {f"{lesson.name}/{item.id}": item for lesson in LESSONS for item in lesson.recallable.values()}
BY_HAND = {key: item for key, item in ITEMS.items() if isinstance(item, ByHand)}
QUIZ = {key: item.question for key, item in ITEMS.items() if key not in BY_HAND}


def right_numbers(question):
    return list(question.right) if isinstance(question, Numbers) else [question.right]


def verdict(question, said):
    return question.verdict(question.answer(said)).right


def test_each_question_is_worked_out_here_and_no_other():
    assert set(BY_HAND) == set(FROM_TEXT)


@pytest.mark.parametrize("key", BY_HAND)
def test_the_answer_is_what_the_numbers_of_the_text_make(key):
    for seed in SEEDS:
        question = BY_HAND[key].draw(seed)
        worked = FROM_TEXT[key](numbers_in(question.text), question.text)
        assert right_numbers(question) == pytest.approx(worked if isinstance(worked, list) else [worked]), question.text


@pytest.mark.parametrize("key", BY_HAND)
def test_what_is_typed_with_few_digits_is_right_and_what_is_off_is_wrong(key):
    for seed in SEEDS:
        question = BY_HAND[key].draw(seed)
        right = right_numbers(question)
        size = min((abs(number) for number in right if number), default=1)
        assert question.within <= size / 8, f"{question.text}: {question.within} is much of {size}"
        assert verdict(question, question.shown(question.right)), "the answer as it is told"
        for i, number in enumerate(right):
            off = [*right[:i], number + max(size / 4, 0.01 * size), *right[i + 1 :]]
            assert verdict(question, off if isinstance(question, Numbers) else off[0]) is False


@pytest.mark.parametrize("key", BY_HAND)
def test_it_is_read_and_worked_out_within_a_minute(key):
    questions = [BY_HAND[key].draw(seed) for seed in SEEDS]
    for question in questions:
        assert len(question.text) <= 240 and "{" not in question.text + question.because
        assert all(len(f"{abs(number):g}") <= 5 for number in numbers_in(question.text)), question.text
        assert all(len(f"{round(number, 4):g}".lstrip("-")) <= 6 for number in right_numbers(question)), question.right
    assert len({question.text for question in questions}) >= 4, "the numbers are others each time"


@pytest.mark.parametrize("lesson", NUMBERED[1:], ids=lambda lesson: lesson.name)
def test_every_lesson_offers_some(lesson):
    assert len(lesson.recallable) >= 3, "an opening may ask three of one lesson"
    assert lesson.name == "20_deployment" or any(key.startswith(f"{lesson.name}/") for key in BY_HAND)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_what_is_to_be_read_again_is_a_heading_of_the_lesson(lesson):
    source = (ROOT / "solutions" / lesson.name / f"{lesson.name}.py").read_text(encoding="utf-8")
    headings = {re.sub(r"^\d+\. ", "", text) for text in re.findall(r"^# ## (.+)$", source, re.MULTILINE)}
    assert {item.read for item in lesson.recallable.values()} <= headings


@pytest.mark.parametrize("key", QUIZ)
def test_each_option_of_a_quiz_has_a_reason_of_its_own(key):
    question = QUIZ[key]
    assert isinstance(question, Choice)
    texts, reasons = ([getattr(option, part) for option in question.options] for part in ("text", "because"))
    assert len(set(texts)) == len(texts) and len(set(reasons)) == len(reasons) and all(reasons)
    assert all(verdict(question, option.key) == (option.key == question.right) for option in question.options)


def test_the_right_letter_is_not_to_be_guessed():
    letters = Counter(question.right for question in QUIZ.values())
    assert max(letters.values()) <= 0.45 * len(QUIZ), letters


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_notebook_asks_them(lesson):
    source = (ROOT / "solutions" / lesson.name / f"{lesson.name}.py").read_text(encoding="utf-8")
    opening, quiz = '# %% tags=["demo"]\nlesson.recall()\n', '# %% tags=["demo"]\nlesson.quiz()\n'
    assert source.count(quiz) == bool(lesson.quiz_questions) and (lesson.quiz_questions or lesson not in NUMBERED)
    assert source.count(opening) == 1 or lesson not in NUMBERED[2:]
    if opening in source:
        assert source.index(opening) < source.index("# ## 1. "), "before the lesson tells anything"


def test_two_questions_of_one_id_are_refused():
    item = next(iter(BY_HAND.values()))
    with pytest.raises(ValueError, match="two questions of one id"):
        Lesson("x", "X", [], by_hand=[item, item])


@pytest.mark.parametrize("said", [[0, 0, 2], (0, 0.0, 2), "0, 0, 2", "[0 0 2]", "0;0;2", "[0, 0, 2.0]"])
def test_several_numbers_may_be_written_as_people_do(said):
    question = Numbers("x", "?", (0, 0, 2), 0.01, "because")
    assert question.answer(said).said == "0, 0, 2"
    assert question.verdict(question.answer(said)).right


@pytest.mark.parametrize(
    "said", [[0, 2], [0, 0, 2, 0], "0, 0", "", "a, b, c", 3, None, [None] * 3, ["nan", 0, 2], [0, 0, 10**400]]
)
def test_other_than_so_many_numbers_is_refused_with_an_example(said):
    with pytest.raises(ValueError, match=re.escape("3 numbers in square brackets, such as [1, 2, 3]")):
        Numbers("x", "?", (0, 0, 2), 0.01, "because").answer(said)
