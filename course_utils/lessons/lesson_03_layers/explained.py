"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "dense": Explained(
        "Row n of `x` meets column f of `W`: the product adds up input times weight for every example and every neuron at once. The bias has one number for each neuron, and NumPy adds it to every row.",
        variant="the bias as one more weight",
        way="With a column of ones beside `x` and the bias as one more row of `W`, a layer is a single product.",
    ),
    "shapes": Explained(
        "The first axis stays the number of examples all the way. A table has (inputs, neurons), so its second number is the first of the next one. Parameters are inputs · neurons, and one bias for each neuron.",
    ),
    "forward": Explained(
        "The result of one layer is the input of the next, so one name carries it through the loop. ReLU follows every layer but the last: the last one's scores must be able to be negative.",
        variant="recursion",
        way="A network is a first layer and the rest of the network, and the rest is a network too. The rule that ends it is the layer without a bend.",
    ),
    "xor-layers": Explained(
        "The two hidden neurons compute a − b and b − a, cut off at 0. Exactly one of them is 1 when the inputs differ, and both are 0 when they are alike; the last neuron adds them.",
    ),
    "collapse": Explained(
        "Two linear layers are one: the tables are multiplied, and the first bias goes through the second table. The loop does this once for each further layer, so a row of a hundred is one layer still.",
        variant="by asking the network",
        way="Zeros show the bias and rows of the identity matrix show the table. Nothing of the inside has to be known.",
    ),
}
