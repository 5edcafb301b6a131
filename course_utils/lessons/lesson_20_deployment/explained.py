"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "pack": Explained(
        "(x − mean) / std is x · (1 / std) + (−mean / std), which is a Rescaling layer. So whoever uses the model sends measurements as they come, and cannot forget the preparation.",
        variant="with Normalization",
        way="Keras has a layer for exactly this. It wants the variance, the square of the spread, and keeps both in the saved file.",
    ),
    "read-request": Explained(
        "Nothing of a request may be believed: every level is looked at before it is used. True and False count as numbers in Python, so they are refused by name. The answer says what to change.",
        variant="one complaint that names all rules of the values",
        way="One sentence for all rules of a value makes the program shorter; the sender has to find out which rule it was.",
    ),
    "reply": Explained(
        "The largest share of each row, its name, and the number as a plain float: JSON knows no NumPy.",
    ),
    "choose-network": Explained(
        "A form is a row of numbers: feedforward. Pictures: convolutions. A signal in time: a recurrent network. Long texts in which far words matter: a transformer. To make what is not there: a GAN.",
    ),
    "choose-cures": Explained(
        "Read the symptom: deep sigmoids let no gradient through; a gap of 18 points is learning by heart; two low numbers close together mean too little capacity; nan means too long a step; few photos need what another network has learned.",
    ),
    "project": Explained(
        "Prepare by the training rows, fit, choose the threshold, and hand over a function that does all of it to new rows. A plain linear model is the baseline that a network has to beat.",
    ),
}
