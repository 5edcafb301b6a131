"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

first_number = ValuesExercise(
    "first-number", points=1, title="Your first number", reference=lambda: {"first_number": 10}
)
first_number.right("with a point", first_number=10.0)
first_number.right("a NumPy number", first_number=np.int64(10))
first_number.wrong(
    "added-first", "You added 3 and 4 before you multiplied. In 2 · 3 + 4, which comes first, · or +?", first_number=14
)
first_number.wrong("all-added", "9 is 2 + 3 + 4. What does the sign between 2 and 3 say?", first_number=9)
first_number.wrong("all-multiplied", "24 is 2 · 3 · 4. What does the sign between 3 and 4 say?", first_number=24)
first_number.wrong("only-the-product", "6 is 2 · 3. Something is still to be added.", first_number=6)
first_number.wrong(
    "as-text",
    'Between quotation marks, "10" is a text of two signs and no number. What happens without the marks?',
    first_number="10",
)
first_number.wrong(
    "text-of-a-sum",
    "Between quotation marks, this is a text, and Python does not compute it. What happens without the marks?",
    first_number="2 * 3 + 4",
)
first_number.wrong(
    "power", "2 ** 3 is 8: two stars make a power. How many stars does *times* need in Python?", first_number=12
)
first_number.wrong(
    "point-read-as-decimal", "You read 2 · 3 as 2.3. The point in the middle means *times*.", first_number=6.3
)
first_number.wrong(
    "changed-about", "11 is 2 + 3 · 3 or 2 · 4 + 3. Which number is multiplied, and which is added?", first_number=11
)
first_number.wrong(
    "still-apart",
    "These are the two steps, one after the other. The exercise asks for one number.",
    first_number=(6, 4),
)
first_number.wrong(
    "as-list", "Square brackets make a list. The exercise asks for the number by itself.", first_number=[10]
)
first_number.wrong("power-and-product", "32 is 2 ** 3 · 4. What does the sign between 3 and 4 say?", first_number=32)
first_number.wrong(
    "text-of-the-wrong-number",
    'Two things: between quotation marks, "14" is a text and no number. And in 2 · 3 + 4, which comes first, · or +?',
    first_number="14",
)
first_number.wrong(
    "added-then-multiplied",
    "20 is 2 + 3, times 4. Compare your two signs with those of the text: which stands first?",
    first_number=20,
)
first_number.wrong("minus", "2 is 2 · 3 - 4. Which sign stands before the 4?", first_number=2)
first_number.wrong(
    "digits-in-a-row", "234 is the three digits in a row. Which signs stand between them?", first_number=234
)
first_number.wrong(
    "power-the-other-way",
    "13 is 3 ** 2 + 4: two stars make a power. How many stars does *times* need in Python?",
    first_number=13,
)
first_number.wrong("one-added", "7 is 2 · 3 + 1. Which number is to be added?", first_number=7)
first_number.wrong(
    "divided", "4.67 is 2 divided by 3, plus 4. Which sign does Python have for *times*?", first_number=2 / 3 + 4
)
first_number.wrong("in-words", "A word in quotation marks is a text. Write the number in digits.", first_number="ten")
first_number.wrong(
    "compared",
    "True is the answer to a question: two equal signs *compare*. Put the number itself into `first_number`.",
    first_number=True,
)
