"""What goes wrong in the reply to a request."""

from .reply import reply

reply.slip(
    "numpy-number",
    (
        "JSON knows Python's float, not NumPy's float32: `json.dumps` stops. Which function makes a plain float "
        "of a NumPy number?"
    ),
    "float(row[best])",
    "row[best]",
)

reply.slip(
    "number-not-name",
    "The client gets the number of the class. Which list turns it into the name?",
    "names[best]",
    "best",
)

reply.slip(
    "first-row-only",
    "However many rows were sent, you answer one. Each row needs its own entry.",
    "in shares:",
    "in shares[:1]:",
)

reply.slip(
    "no-list",
    (
        "A reply to one row may look tidier without the list, but then a client must look at what came back before "
        "reading it. Is `predictions` always a list?"
    ),
    '"predictions": said',
    '"predictions": said if len(said) > 1 else said[0]',
)

reply.slip(
    "bare-list",
    "The entries are right; the dictionary around them is missing. Under which name should they stand?",
    '{"predictions": said}',
    "said",
)

reply.slip(
    "percent",
    "Your confidences go up to 100. The text asks for the share itself, from 0 to 1.",
    "float(row[best])",
    "100 * float(row[best])",
)

reply.slip(
    "rounded",
    "Your confidences are rounded. The exercise asks for the share as it is; how many places are shown is the client's choice.",
    "float(row[best])",
    "round(float(row[best]), 4)",
)

reply.slip(
    "share-of-the-first-class",
    "The names are right, but each confidence is the share of the first class. Whose share is asked for?",
    "float(row[best])",
    "float(row[0])",
)

reply.slip(
    "one-minus",
    "Your confidence is one minus the share. How sure is the model of the class that it names?",
    "float(row[best])",
    "1 - float(row[best])",
)

reply.slip(
    "mean-share",
    "Your confidence is the mean of the row, which is the same for every row. Whose share is asked for?",
    "float(row[best])",
    "float(row.mean())",
)

reply.slip(
    "place-for-share",
    "Your confidence is the number of the class. Which number of the row stands at that place?",
    "float(row[best])",
    "float(best)",
)

reply.slip(
    "other-keys",
    "An entry has other names than those in the text, and a client looks for these. Compare letter by letter.",
    '{"class": names[best],',
    '{"name": names[best],',
)

reply.slip(
    "pairs",
    "Each entry should be a dictionary with two names in it, not a pair.",
    '{"class": names[best], "confidence": float(row[best])}',
    "(names[best], float(row[best]))",
)

reply.slip(
    "all-names",
    "`class` holds all names. Which one belongs to this row?",
    "names[best]",
    "names",
)

reply.slip(
    "class-of-the-first-row",
    "Every row gets the class of the first one. In which row do you look for the largest share?",
    "int(np.argmax(row))",
    "int(np.argmax(shares[0]))",
)

reply.slip(
    "one-class-on",
    "You name the class behind the one you mean. From which number on does Python count?",
    "names[best]",
    "names[(best + 1) % len(names)]",
)

reply.slip(
    "other-key",
    "The dictionary around the list has another name than the one in the text, and a client looks for that one. Compare letter by letter.",
    '"predictions"',
    '"prediction"',
)

reply.slip(
    "all-shares",
    "`confidence` holds all shares of the row. One number was asked for: that of the class you name.",
    "float(row[best])",
    "row.tolist()",
)

reply.slip(
    "least-likely", "You name the class with the smallest share. Which end did you mean?", "np.argmax", "np.argmin"
)

reply.slip(
    "text-confidence",
    "Your confidence is a text. A client cannot compare text with 0.9: leave it a number.",
    "float(row[best])",
    'f"{row[best]:.4f}"',
)
