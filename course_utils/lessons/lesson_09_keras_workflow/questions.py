"""Values to work out and questions to answer in words."""

from course_utils.exercises import ValuesExercise

find_leaks = ValuesExercise(
    "find-leaks",
    points=2,
    title="Find the leaks",
    reference=lambda: {"ana": "clean", "ben": "leak", "cem": "clean", "dia": "leak", "eva": "clean", "fin": "leak"},
)


@find_leaks.variant("capital letters")
def _():
    return {"ana": "Clean", "ben": "Leak"}


@find_leaks.variant("with a stray space")
def _():
    return {"cem": " clean", "fin": "leak "}


@find_leaks.mistake(
    "scaling-taken-for-harmless",
    "Ben's mean and spread were taken of the whole table. Which patients are in it that should be unknown?",
)
def _():
    return {"ben": "clean"}


@find_leaks.mistake(
    "training-statistics-feared",
    "Ana's mean and spread come from the training part. To *use* numbers from there on "
    "the test part is what you did in exercise 2. What would be a leak?",
)
def _():
    return {"ana": "leak"}


@find_leaks.mistake(
    "choice-by-validation-feared",
    "Cem chooses by the validation part and reports the test part. What else is a validation part for?",
)
def _():
    return {"cem": "leak"}


@find_leaks.mistake(
    "best-of-several-tests",
    "Dia looks at the test part five times and keeps the best. Part of that number is luck: "
    "which part should have made the choice?",
)
def _():
    return {"dia": "clean"}


@find_leaks.mistake(
    "threshold-feared", "Eva chose her threshold before she opened the test part. Did any test patient have a say?"
)
def _():
    return {"eva": "leak"}


@find_leaks.mistake(
    "feature-choice-taken-for-harmless",
    "Fin chose his features by the labels of all patients. Whose labels were among them?",
)
def _():
    return {"fin": "clean"}
