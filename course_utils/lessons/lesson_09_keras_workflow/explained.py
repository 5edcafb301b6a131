"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "split": Explained(
        "One order is cut into three pieces that share no row. The first piece is the test part, so that it stays the same whatever happens to the others.",
    ),
    "standardize": Explained(
        "Mean and spread are taken from the training part alone and used on all three. The test patients stand for those who come later, of whom nothing is known yet. A spread of 0 is replaced by 1, so that a feature that never changes becomes 0 and not nan.",
        variant="1 added where the spread is 0",
        way="True counts as 1, so adding the comparison repairs exactly the zeros.",
    ),
    "find-leaks": Explained(
        "A leak is a number that learned from patients who should be unknown. Ben scales by the whole table, Dia keeps the best of five tests, Fin chooses features by all labels. Ana, Cem and Eva let only the training or validation part decide.",
    ),
    "build-classifier": Explained(
        "ReLU in the hidden layers, one sigmoid at the end for a probability, and the loss that belongs to it, binary cross-entropy. `compile` only says how it will be trained; nothing has been trained yet.",
        variant="functional",
        way="Layers are called like functions, and the model is what lies between input and output. This form can also branch, as shortcuts need it.",
    ),
    "train-classifier": Explained(
        "`fit` trains on the training part and, after each epoch, measures on the validation part without learning from it. The two curves together tell whether it learns by heart.",
    ),
    "decide": Explained(
        "`[:, 0]` makes a plain row of numbers of the single column. Comparing gives true and false; as whole numbers they are 1 and 0.",
    ),
    "scores": Explained(
        "Accuracy counts all that were right. Precision asks of the alarms how many were ill, recall asks of the ill how many got an alarm. Where there is nothing to divide by, the share is 0.",
        variant="sums and products",
        way="A product of zeros and ones is 1 only where both are: `labels * decisions` marks the ill who were found. `max(…, 1)` guards the division.",
    ),
    "choose-threshold": Explained(
        "A higher threshold gives fewer false alarms and finds fewer of the ill. So take the highest one that still finds enough of them. The recall needs only the probabilities of those who are ill.",
    ),
}
