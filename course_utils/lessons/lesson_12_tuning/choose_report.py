"""Choose a setting by validation accuracy and report its test accuracy."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def chosen(validation, test):
    """The place of the best validation accuracy, and the test accuracy at that place."""
    best = int(np.argmax(validation))
    return best, test[best]


choose = FunctionExercise(
    "choose-report", reference=chosen, points=2, answer="choose_and_report", title="Choose, then report"
)


@choose.cases
def _(rng):
    def scores(n, best):
        """The place `best` is that on validation, but not on test, and the best by their mean is a third."""
        validation, test = rng.uniform(0.5, 0.8, size=(2, n))
        first, (second, third) = best, rng.permutation(np.delete(np.arange(n), best))[:2]
        validation[first], test[first] = rng.uniform(0.9, 0.92), rng.uniform(0.81, 0.83)
        validation[second], test[second] = rng.uniform(0.81, 0.82), rng.uniform(0.91, 0.92)
        validation[third], test[third] = rng.uniform(0.885, 0.895), rng.uniform(0.885, 0.895)
        return validation, test

    yield small("three settings", np.array([0.84, 0.91, 0.9]), np.array([0.88, 0.86, 0.9]))
    yield random("eight settings, the last the best", *scores(8, 7))
    yield random("eight settings, the first the best", *scores(8, 0))
    yield random("twenty settings", *scores(20, int(rng.integers(1, 19))))
    yield edge("a single setting", np.array([0.7]), rng.uniform(0.6, 0.8, size=1))
    close = np.array([0.91234, 0.91235, 0.91234])
    yield edge("three that differ by a hundred-thousandth", close, rng.uniform(0.6, 0.8, size=3))
    yield edge("the chosen one is better on the test", np.array([0.7, 0.8, 0.75]), np.array([0.72, 0.83, 0.9]))
    yield edge("three hundred settings, in percent", *(100 * s for s in scores(300, int(rng.integers(1, 299)))))


choose.variant("argmax")(chosen)


@choose.variant("sorted, as a list")
def _(validation, test):
    best = sorted(range(len(validation)), key=lambda i: validation[i])[-1]
    return [best, test[best]]


@choose.variant("a loop")
def _(validation, test):
    best = 0
    for i in range(1, len(validation)):
        if validation[i] > validation[best]:
            best = i
    return best, float(test[best])


choose.slip(
    "peeks",
    "You let the test set choose. Then it has become a second validation set, and who is left to judge?",
    "np.argmax(validation)",
    "np.argmax(test)",
)

choose.slip(
    "reports-validation",
    "The choice is honest, the report is not: this number was the best of many, so luck is in it. Which digits are still unseen?",
    "test[best]",
    "validation[best]",
)

choose.slip(
    "best-test",
    "You chose by validation, then reported the best test score of all. Whose score is that?",
    "test[best]",
    "test.max()",
)

choose.slip(
    "worst",
    "That is the setting with the lowest accuracy. Should an accuracy be high or low?",
    "np.argmax",
    "np.argmin",
)

choose.slip(
    "mean-of-both",
    "You let validation and test vote together. May the test set have any vote at all?",
    "np.argmax(validation)",
    "np.argmax(validation + test)",
)

choose.slip(
    "swapped",
    "Both numbers are there, in the wrong order. The place comes first, then the accuracy.",
    "best, test[best]",
    "test[best], best",
)

choose.slip(
    "counted-from-one",
    "The accuracy is right, the place is one too high. From which number are places counted here?",
    "best, test[best]",
    "best + 1, test[best]",
)

choose.slip(
    "value-not-place",
    "Your first number is the best validation accuracy itself. The text asks for its *place*.",
    "best, test[best]",
    "validation[best], test[best]",
)

choose.slip(
    "mean-of-test",
    "You report the mean over all settings. Only the chosen one will be used: what is its test accuracy?",
    "test[best]",
    "test.mean()",
)

choose.slip(
    "place-only",
    "The place is there. Which accuracy do you report with it?",
    "return best, test[best]",
    "return best",
)

choose.slip(
    "accuracy-only",
    "The accuracy is there. Which place does it belong to?",
    "return best, test[best]",
    "return test[best]",
)


choose.slip(
    "smallest-gap",
    "You choose the setting whose two accuracies lie closest together, so the test set has a say. Which array alone may choose, and by what?",
    "np.argmax(validation)",
    "np.argmin(abs(validation - test))",
)

choose.slip(
    "both-best",
    "You return the highest accuracy of each array. Which *place* does validation choose, and what does the test say of that place?",
    "return best, test[best]",
    "return validation.max(), test.max()",
)

choose.slip(
    "mean-of-two-accuracies",
    "You report the mean of validation and test. The validation score was the best of many, so luck is in it: may it be part of the report?",
    "test[best]",
    "(validation[best] + test[best]) / 2",
)

choose.slip(
    "better-of-two-accuracies",
    "You report the higher of the two accuracies. Which of the two had no say in the choice?",
    "test[best]",
    "max(validation[best], test[best])",
)

choose.slip(
    "lower-of-two-accuracies",
    "You report the lower of the two accuracies. Which of the two had no say in the choice, be it high or low?",
    "test[best]",
    "min(validation[best], test[best])",
)

choose.slip(
    "the-last",
    "You choose the last setting. Which function gives the place of the largest number?",
    "int(np.argmax(validation))",
    "len(validation) - 1",
)

choose.slip(
    "last-left-out",
    "Your loop never looks at the last setting. Where does it stop, and can the last be the best?",
    "range(1, len(validation))",
    "range(1, len(validation) - 1)",
    of="a loop",
)

choose.slip(
    "first-left-out",
    "Your loop never looks at the first setting. With which place does it begin, and can the first be the best?",
    "best = 0",
    "best = min(1, len(validation) - 1)",
    of="a loop",
)

choose.slip(
    "two-places",
    "Your second number is a place, too. Which accuracy stands at the place that you chose?",
    "return best, test[best]",
    "return best, int(np.argmax(test))",
)

choose.slip(
    "all-test-accuracies",
    "You report the whole array. Which one of its numbers belongs to the setting that you chose?",
    "return best, test[best]",
    "return best, test",
)


choose.equivalent("int(np.argmax(validation))", why="NumPy's whole numbers serve as well")
choose.equivalent("range(1, len(validation))", why="the first one is not better than itself")
choose.equivalent("validation[i] > validation[best]", why="which of two equal ones is chosen, the text leaves open")
