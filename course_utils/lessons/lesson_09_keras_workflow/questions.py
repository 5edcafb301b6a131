"""Tell of six ways of working which let the test part leak."""

from course_utils.exercises import ValuesExercise

find_leaks = ValuesExercise(
    "find-leaks",
    points=2,
    title="Find the leaks",
    reference=lambda: {"ana": "clean", "ben": "leak", "cem": "clean", "dia": "leak", "eva": "clean", "fin": "leak"},
)
find_leaks.offer("clean", "leak")
find_leaks.right("capital letters", ana="Clean", ben="Leak")
find_leaks.right("with a stray space", cem=" clean", fin="leak ")
find_leaks.wrong(
    "scaling-taken-for-harmless",
    "Ben's mean and spread were taken of the whole table. Which patients are in it that should be unknown?",
    ben="clean",
)
find_leaks.wrong(
    "training-statistics-feared",
    "Ana's mean and spread come from the training part. To *use* numbers from there on "
    "the test part is what you did in exercise 2. What would be a leak?",
    ana="leak",
)
find_leaks.wrong(
    "choice-by-validation-feared",
    "Cem chooses by the validation part and reports the test part. What else is a validation part for?",
    cem="leak",
)
find_leaks.wrong(
    "best-of-several-tests",
    "Dia looks at the test part five times and keeps the best. Part of that number is luck: "
    "which part should have made the choice?",
    dia="clean",
)
find_leaks.wrong(
    "threshold-feared",
    "Eva chose her threshold before she opened the test part. Did any test patient have a say?",
    eva="leak",
)
find_leaks.wrong(
    "feature-choice-taken-for-harmless",
    "Fin chose his features by the labels of all patients. Whose labels were among them?",
    fin="clean",
)
