"""More of what goes wrong in a reply: axes, names, order and entries."""

import numpy as np

from .reply_mistakes import reply

reply.slip(
    "confidence-down-the-column",
    "The names are right, but each confidence is the largest share of a column. Along which axis do the shares of one row lie?",
    "np.max(shares, axis=1)",
    "np.max(shares, axis=0)",
    of="names and shares apart, then side by side",
)

reply.slip(
    "class-down-the-column",
    "The confidences are right, but each name is that of a place in a column: the row in which a class has its largest share. Along which axis do the shares of one row lie?",
    "np.argmax(shares, axis=1)",
    "np.argmax(shares, axis=0) % len(names)",
    of="names and shares apart, then side by side",
)

reply.slip(
    "places-down-the-column",
    "The places of the largest shares are looked for down each column, so there is one for each class, and what it says "
    "is a row. Along which axis do the shares of one row lie?",
    "np.argmax(shares, axis=1)",
    "np.argmax(shares, axis=0)",
    of="names and shares apart, then side by side",
)

reply.slip(
    "all-down-the-column",
    "Places and shares are looked for down each column, so there is one of them for each class, not for each row. Along "
    "which axis do the shares of one row lie?",
    "shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()",
    "shares.argmax(axis=0).tolist(), shares.max(axis=0).tolist()",
    of="with tolist",
)

reply.slip(
    "largest-of-the-table",
    "Every row gets the largest share of the whole table. In which row do you look for it?",
    "float(row[best])",
    "float(shares.max())",
)

reply.slip(
    "sum-of-the-row",
    "Your confidence is the sum of the row, which is 1 for every row. Whose share is asked for?",
    "float(row[best])",
    "float(row.sum())",
)

reply.slip(
    "softmax-once-more",
    "The shares went through softmax once more. They are shares already: do they add up to 1?",
    "float(row[best])",
    "float((np.exp(row) / np.exp(row).sum())[best])",
)

reply.slip(
    "lead-over-the-second",
    "Your confidence is the lead of the largest share over the second. Which number is asked for?",
    "float(row[best])",
    "float(row[best] - np.sort(row)[-2])",
)

reply.slip(
    "second-likely",
    "You name the class with the second largest share. Which end did you mean?",
    "np.argmax(row)",
    "np.argsort(row)[-2]",
)

reply.slip(
    "half-as-border",
    "You ask whether a share is larger than one half. With more than two classes the largest share may be smaller: which function finds it all the same?",
    "np.argmax(row)",
    "row[1] > 0.5",
)

reply.slip(
    "number-as-text",
    "The client gets the number of the class as a text. Which list turns the number into the name?",
    "names[best]",
    "str(best)",
)

reply.slip(
    "share-in-a-list",
    "Your confidence is a list with one number in it. Leave it a number.",
    "float(row[best])",
    "[float(row[best])]",
)

reply.slip(
    "name-in-a-list",
    "Your class is a list with one name in it. Leave it a text.",
    "names[best]",
    "[names[best]]",
)

reply.slip(
    "rounded-to-two",
    "Your confidences are rounded to two places. The exercise asks for the share as it is; how many places are shown is the client's choice.",
    "float(row[best])",
    "round(float(row[best]), 2)",
)

reply.slip(
    "rounded-to-three",
    "Your confidences are rounded to three places. The exercise asks for the share as it is; how many places are shown is the client's choice.",
    "float(row[best])",
    "round(float(row[best]), 3)",
)

reply.slip(
    "percent-text",
    "Your confidence is a text with a percent sign. A client cannot compare text with 0.9: leave it a number.",
    "float(row[best])",
    'f"{100 * row[best]:.0f}%"',
)

reply.slip(
    "text-of-the-share",
    "`str` makes a text of your confidence. A client cannot compare text with 0.9: which function makes a plain number?",
    "float(row[best])",
    "str(row[best])",
)

reply.slip(
    "capital-keys",
    "An entry has other names than those in the text, and a client looks for these. Compare letter by letter, small and capital ones too.",
    '{"class": names[best], "confidence"',
    '{"Class": names[best], "Confidence"',
)

reply.slip(
    "score-for-confidence",
    "You call the share of an entry a score, and the text calls it otherwise, and a client looks for that one. Compare letter by letter.",
    '"confidence"',
    '"score"',
)

reply.slip(
    "probability-for-confidence",
    "You call the share of an entry a probability, and the text calls it otherwise, and a client looks for that one. Compare letter by letter.",
    '"confidence"',
    '"probability"',
)

reply.slip(
    "label-for-class",
    "You call the class of an entry a label, and the text calls it otherwise, and a client looks for that one. Compare letter by letter.",
    '"class"',
    '"label"',
)

reply.slip(
    "one-row-as-a-dictionary",
    "The first entry stands alone; where are those of the other rows, and the list around them?",
    '{"predictions": said}',
    '{"predictions": said[0]}',
)

reply.slip(
    "last-row-only",
    "However many rows were sent, you answer the last one. Where does an entry go, once it is made?",
    "for row in shares:",
    "for row in shares[-1:]:",
)

reply.slip(
    "reply-as-text",
    "The reply is a text already. The service turns the dictionary into JSON itself: what is left to you?",
    '{"predictions": said}',
    'str({"predictions": said})',
)

reply.slip(
    "sure-ones-first",
    "The entries are sorted by their confidence. The client takes the first entry for its first row: which order must they keep?",
    '{"predictions": said}',
    '{"predictions": sorted(said, key=lambda one: -one["confidence"])}',
)

reply.slip(
    "last-first",
    "The entries stand in the reverse order. The client takes the first entry for its first row: which order must they keep?",
    '{"predictions": said}',
    '{"predictions": said[::-1]}',
)

reply.slip(
    "unsure-ones-left-out",
    "A row in which no share is above one half gets no entry. The client takes the first entry for its first row: which rows need one?",
    '{"predictions": said}',
    '{"predictions": [one for one in said if one["confidence"] > 0.5]}',
)


@reply.mistake(
    "places-down-the-column-and-their-shares",
    "You looked for the largest share of each column, and then ask that list by the number of a row. Which axis runs "
    "through the shares of one row?",
)
def _(shares, names):
    places, said = np.argmax(shares, axis=0), []
    for number, row in enumerate(shares):
        best = places[number]
        said.append({"class": names[best], "confidence": float(row[best])})
    return {"predictions": said}


@reply.mistake(
    "one-entry-for-all",
    "All entries are one and the same dictionary, made once and filled again for each row, so all of them show the last "
    "row. Where must an entry be made, so that each row has its own?",
)
def _(shares, names):
    said, entry = [], {}
    for row in shares:
        entry["class"] = names[int(np.argmax(row))]
        entry["confidence"] = float(np.max(row))
        said.append(entry)
    return {"predictions": said}


@reply.mistake(
    "entry-for-each-class",
    "Every class of every row gets an entry. One entry a row is asked for: that of the class with the largest share.",
)
def _(shares, names):
    return {
        "predictions": [{"class": n, "confidence": float(s)} for row in shares for n, s in zip(names, row, strict=True)]
    }
