"""Say whether A is better than B, or whether that is not sure."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def verdict(a, b):
    """ "A" or "B" when the mean difference is more than two standard errors of the differences, else "not sure"."""
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    if abs(difference.mean()) <= 2 * error:
        return "not sure"
    return "A" if difference.mean() > 0 else "B"


better = FunctionExercise("really-better", reference=verdict, points=3, title="Is A really better than B?")


@better.cases
def _(rng):
    def runs(n, errors):
        """Two lists of scores whose mean difference is exactly so many standard errors; the seeds differ far more."""
        noise = rng.normal(size=n)
        spread = rng.uniform(2, 3) if abs(errors) > 2 else rng.uniform(0.2, 0.4)
        difference = spread * (errors / np.sqrt(n) + (noise - noise.mean()) / noise.std(ddof=1))
        b = 80 + 12 * rng.permutation(np.linspace(-1, 1, n))
        return b + difference, b

    yield small("differences 1, 2, 3 and 2", np.array([80.0, 90.0, 85.0, 75.0]), np.array([79.0, 88.0, 82.0, 73.0]))
    yield small("differences -1, -3, -3 and -1", np.array([80.0, 90.0, 85.0, 75.0]), np.array([81.0, 93.0, 88.0, 76.0]))
    yield small("differences 1, -1, 3 and -1", np.array([80.0, 90.0, 85.0, 75.0]), np.array([79.0, 91.0, 82.0, 76.0]))
    yield random("ten runs, a clear lead", *runs(10, rng.uniform(2.3, 5.5)))
    yield random("ten runs, a clear lag", *runs(10, -rng.uniform(2.3, 5.5)))
    yield random("ten runs, a small lead", *runs(10, rng.uniform(1.2, 1.8)))
    yield random("ten runs, a small lag", *runs(10, -rng.uniform(1.2, 1.8)))
    for lead, errors in (("lead", 1), ("lag", -1)):
        yield random(f"five runs, a {lead} a little below the limit", *runs(5, errors * rng.uniform(1.85, 1.95)))
        yield random(f"twelve runs, a {lead} just below the limit", *runs(12, errors * rng.uniform(1.97, 1.99)))
        yield random(f"six runs, a {lead} just above the limit", *runs(6, errors * rng.uniform(2.01, 2.03)))
    b = np.array([80.0, 90.0, 85.0, 75.0])
    yield edge("exactly two standard errors for A", b + np.array([5, 1, 1, 1]), b)
    yield edge("exactly two standard errors for B", b, b + np.array([5, 1, 1, 1]))
    yield edge("between two and three standard errors", b + np.array([-0.2, 2.2, 2.2, 3.4]), b)
    yield edge("two runs", b[:2] + np.array([3.0, 4.0]), b[:2])
    yield edge("three small lags and one great lead", b + np.array([-1.0, -1.0, -1.0, 6.0]), b)
    yield random("twenty runs, hardly any lead", *runs(20, rng.uniform(0.6, 0.8)))
    calm = 80 + rng.permutation(np.linspace(-1, 1, 10))
    for errors in (2.4, 3.4):  # of the calm scores themselves
        lead = errors * calm.std(ddof=1) / np.sqrt(10) + rng.normal(scale=0.02, size=10)
        yield random(f"ten runs that are much alike, a lead of {errors} of their own errors", calm + lead, calm)
    same = rng.normal(90, 2, size=5)
    yield edge("the same scores twice", same, same.copy())
    yield edge("always better by the same", np.array([80.0, 82.0, 90.0]) + 1, np.array([80.0, 82.0, 90.0]))


@better.variant("the doubt first")
def _(a, b):
    d = a - b
    lead, error = d.mean(), d.std(ddof=1) / np.sqrt(len(d))
    return "not sure" if abs(lead) <= 2 * error else "A" if lead > 0 else "B"


@better.variant("in units of the standard error")
def _(a, b):
    d = np.asarray(a) - np.asarray(b)
    lead, error = d.mean(), np.sqrt(d.var(ddof=1) / d.size)
    if lead > 2 * error:
        return "A"
    return "B" if lead < -2 * error else "not sure"


@better.variant("both ends of the interval")
def _(a, b):
    d = [x - y for x, y in zip(a, b, strict=True)]
    error = float(np.std(d, ddof=1)) / len(d) ** 0.5
    low, high = float(np.mean(d)) - 2 * error, float(np.mean(d)) + 2 * error
    return "A" if low > 0 else "B" if high < 0 else "not sure"


better.slip(
    "means-only",
    "You only asked whose mean is higher. How large must a lead be before you trust it?",
    '"not sure" if abs(lead) <= 2 * error else ',
    "",
)

better.slip(
    "unpaired",
    "Both saw the same seeds, yet you let the spread between seeds hide the lead. What do you get when you subtract seed by seed?",
    "d.std(ddof=1) / np.sqrt(len(d))",
    "np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))",
)

better.slip(
    "one-error",
    "You trust a lead of one standard error. Chance makes that often; which limit does the rule set?",
    "2 * error",
    "error",
)

better.slip(
    "deviation",
    "You compared the mean with the spread of single differences. Is a mean of ten as unsure as one of them?",
    " / np.sqrt(len(d))",
    "",
)

better.slip(
    "divides-by-n",
    "Near the limit you name a winner too early: your standard error is a little too small. By what does exercise 5 divide?",
    "d.std(ddof=1)",
    "d.std()",
)

better.slip(
    "nearly-two",
    "Your limit is a little below two standard errors. Statisticians often take 1.96; what does the rule here say?",
    "abs(lead) <= 2 * error",
    "abs(lead) <= 1.96 * error",
)

better.slip(
    "swapped",
    "A wins where its scores are lower. Which sign has a - b when A is better?",
    '"A" if lead > 0 else "B"',
    '"B" if lead > 0 else "A"',
)

better.slip(
    "B-never-wins", "B can never win here. What is the mean of a - b when B is clearly better?", "abs(lead)", "lead"
)

better.slip(
    "never-unsure",
    "Whenever A does not win, you say B. What is the third answer, and when is it due?",
    ' if lead < -2 * error else "not sure"',
    "",
    of="in units of the standard error",
)

better.slip(
    "sign-forgotten",
    "B wins too easily: a small lead of A is below two standard errors as well. How far *below 0* must the mean be for B?",
    "lead < -2 * error",
    "lead < 2 * error",
    of="in units of the standard error",
)

better.slip(
    "nothing-is-enough",
    "With the same scores twice, mean and error are both 0, and you name a winner. Is 0 *more than* 2 · 0?",
    "<= 2 * error",
    "< 2 * error",
)

better.slip(
    "exactly-two-for-A",
    "A lead of exactly two standard errors lets A win in your code. Is that *more than* two?",
    "lead > 2 * error",
    "lead >= 2 * error",
    of="in units of the standard error",
)

better.slip(
    "exactly-two-for-B",
    "A lag of exactly two standard errors lets B win in your code. Is that *more than* two?",
    "lead < -2 * error",
    "lead <= -2 * error",
    of="in units of the standard error",
)

WORDS = "A", "B", "not sure"


def another_word(*meant):
    """The answer is a word, but none of the three, where one of `meant` is right."""
    return lambda seen, a, b: isinstance(seen, str) and seen not in WORDS and verdict(a, b) in meant


better.slip(
    "other-words",
    'The third answer is the text "not sure", letter by letter.',
    '"not sure"',
    '"unsure"',
    when=another_word("not sure"),
)

better.slip(
    "other-letters",
    'The winner is told in other letters than the text asks for. It is "A" or "B": a single capital letter.',
    '"A" if lead > 0 else "B"',
    '"a" if lead > 0 else "b"',
    when=another_word("A", "B"),
)

better.slip(
    "median",
    "You take the difference in the middle. The rule speaks of the mean of the differences.",
    "d.mean()",
    "np.median(d)",
)

better.slip(
    "three-errors",
    "You ask for three standard errors. Which limit does the rule set?",
    "2 * error",
    "3 * error",
)


@better.mistake(
    "counts-wins",
    "You count how often each one is ahead. The rule also asks by how much: what do the mean and the error of a - b say?",
)
def _(a, b):
    wins, losses = np.sum(a > b), np.sum(b > a)
    return "A" if wins > losses else "B" if losses > wins else "not sure"


@better.mistake(
    "wins-in-more-than-half",
    "You ask who wins with more than half of the seeds. Many small wins may be luck: what do the mean and the error of a - b say?",
)
def _(a, b):
    wins, half = np.sum(a > b), len(a) / 2
    return "A" if wins > half else "B" if wins < half else "not sure"


@better.mistake(
    "wins-always",
    "You ask for a win with every seed. The rule lets one seed go the other way: what do the mean and the error of a - b say?",
)
def _(a, b):
    return "A" if np.all(a > b) else "B" if np.all(b > a) else "not sure"


better.slip(
    "more-than-one-error",
    "You trust a lead of more than one standard error, and of exactly one as well. Which limit does the rule set?",
    "abs(lead) <= 2 * error",
    "abs(lead) < error",
)

better.slip(
    "limit-of-two",
    "You compare the lead with the number 2. Two *of what* does the rule ask for?",
    "abs(lead) <= 2 * error",
    "abs(lead) <= 2",
)

better.slip(
    "error-of-one",
    "You take the error of A's scores alone. Of which numbers does the rule want the standard error?",
    "d.std(ddof=1) / np.sqrt(len(d))",
    "a.std(ddof=1) / np.sqrt(len(a))",
)

better.slip(
    "errors-added",
    "You add up the errors of A and of B, so the spread between the seeds hides the lead. What do you get when you subtract seed by seed?",
    "d.std(ddof=1) / np.sqrt(len(d))",
    "(a.std(ddof=1) + b.std(ddof=1)) / np.sqrt(len(d))",
)

better.slip(
    "no-root",
    "You divided the spread by n. Exercise 5 divides it by another function of n: by which?",
    " / np.sqrt(len(d))",
    " / len(d)",
)

better.slip(
    "A-never-wins",
    "A can never win in your code: what is its word, and when is it due?",
    '"A" if lead > 0 else "B"',
    '"B"',
)


better.equivalent("difference.mean() > 0", why="0 is never more than two standard errors away from 0")
better.equivalent("lead > 0", why="0 is never more than two standard errors away from 0")
better.equivalent("difference.mean()", "difference.sum()", why="a sum has the sign of its mean")
