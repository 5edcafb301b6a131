"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "by-hand": Explained(
        "Each input is multiplied by its own weight, the three products and the bias are added, and only the sum goes through the sigmoid. The sigmoid of a sum above 0 lies above one half, so 0.70 fits.",
    ),
    "weighted-sum": Explained(
        "`x * w` pairs each input with its own weight, and `np.sum` adds the products. The bias is added once, at the end: it belongs to the neuron and not to an input.",
        variant="the bias as one more weight",
        way="A bias is the weight of an input that is always 1. This view makes one rule enough for all weights.",
    ),
    "neuron": Explained(
        "First the weighted sum, as before; then the sigmoid of that one number. The sigmoid squeezes every sum between 0 and 1, so the result can be read as a probability.",
        variant="half a tanh",
        way="The sigmoid and tanh are the same curve, moved and stretched: tanh of half the sum, from −1…1 brought to 0…1. It cannot overflow.",
    ),
    "decide": Explained(
        "The sum of products is compared with the threshold. `sum > threshold` and `sum − threshold > 0` say the same: a bias is a threshold with the other sign.",
    ),
    "and-neuron": Explained(
        "One input alone must not reach 0, and both together must. With weights 2 and 3 and bias −4 the sums are −4, −2, −1 and 1: only the last is above 0. Many other numbers do it.",
    ),
    "read-network": Explained(
        "Count the circles of the first and the last column, and the columns between them. Every circle of a column is joined to every circle of the next: 4·5 + 5·3 + 3·2 = 41 weights. Each circle that computes has a bias: 5 + 3 + 2 = 10.",
    ),
    "count-parameters": Explained(
        "Between two layers there is a weight for each pair of circles, so the sizes are multiplied. Each circle of the later layer has one bias, so its size is added. The inputs compute nothing and have none.",
    ),
}
