"""What lesson 20 tells of answers in the learner's own words."""

import numpy as np
import pytest
from sklearn import linear_model

from course_utils import lessons
from course_utils.exercises import check
from course_utils.lessons.lesson_20_deployment import projects

LESSON = lessons.load("20_deployment")


def test_a_check_that_refuses_without_a_reason_is_told_which_word_is_missing():
    def surly(payload, columns, most_rows):
        result = LESSON["read-request"].variants[0].answer(payload, columns, most_rows)
        return "No." if isinstance(result, str) else result

    result = check(LESSON["read-request"], {"read_request": surly}, [0])
    assert (result.points, result.mistake) == (0, None) and "a row with the text" in result.message
    assert result.mismatch.expected == "a text that contains number"
    assert result.mismatch.observed == "a text that does not contain number"


def test_a_check_that_trusts_the_form_and_lets_numpy_choose_the_type_is_told_both():
    def answer(payload, columns, most_rows):
        rows = payload["instances"]
        result = LESSON["read-request"].variants[0].answer(payload, columns, most_rows)
        return result if isinstance(result, str) else np.array(rows)

    result = check(LESSON["read-request"], {"read_request": answer}, range(20))
    assert result.mistake == "trusts-the-form + array-of-objects"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([None], "it should be a NumPy array, but is an array of Python objects, not of floats"),
        ("no", "it should be a NumPy array, but is a text, although the rows are good"),
    ],
)
def test_what_comes_in_place_of_the_array_is_called_by_its_name(values, told):
    def answer(payload, columns, most_rows):
        return values if isinstance(values, str) else np.array(values)

    assert told in check(LESSON["read-request"], {"read_request": answer}, [0]).message


@pytest.mark.parametrize("kind", [ValueError, TypeError, Exception])
def test_complaints_that_are_raised_in_words_of_ones_own_are_told_to_be_returned(kind):
    def answer(payload, columns, most_rows):
        result = LESSON["read-request"].variants[0].answer(payload, columns, most_rows)
        if isinstance(result, str):
            raise kind(f"Refused: {result}")
        return result

    assert check(LESSON["read-request"], {"read_request": answer}, [0]).mistake == "raises"


@pytest.mark.parametrize(("inputs", "hidden", "classes"), [(13, None, None), (None, 16, None), (None, None, 3)])
def test_a_size_of_the_wines_written_in_is_told(inputs, hidden, classes):
    from course_utils.environment import keras

    def answer(weights, mean, std):
        model = keras.Sequential([
            keras.Input((inputs or len(mean),)),
            keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),
            keras.layers.Dense(hidden or len(weights[1]), activation="relu"),
            keras.layers.Dense(classes or len(weights[3]), activation="softmax"),
        ])
        model.set_weights(weights)
        return model

    assert check(LESSON["pack"], {"pack": answer}, [0]).mistake == "sizes-written-in"


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        (lambda y: (y - y.mean()) / y.std(), lambda said, y: said, "amounts-left-scaled"),
        (lambda y: y / y.max(), lambda said, y: said, "amounts-left-scaled"),
        (np.log, lambda said, y: said, "amounts-left-scaled"),
        (lambda y: (y - y.mean()) / y.std(), lambda said, y: said * y.std(), "amounts-left-around-zero"),
        (lambda y: (y - y.mean()) / y.std(), lambda said, y: said + y.mean(), "amounts-left-close-together"),
        (lambda y: y, lambda said, y: said * y.std() + y.mean(), "amounts-far-too-large"),
        (lambda y: (y - y.mean()) / y.std(), lambda said, y: said * y.std() + y.mean(), None),
    ],
)
def test_amounts_that_predict_does_not_bring_back_are_asked_for(before, after, mistake):
    rows = projects.load("diabetes")
    model = linear_model.LinearRegression().fit(rows.x, before(rows.y))
    project = {"data": "diabetes", "predict": lambda x: after(model.predict(x), rows.y)}
    assert check(LESSON["project"], {"project": project}, [0]).mistake == mistake
