"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "rnn-step": Explained(
        "Word and memory each go through their own table, are added with the bias, and tanh keeps the result between −1 and 1. The same three arrays serve at every step.",
        variant="one product of word and memory side by side",
        way="Put word and memory side by side and the two tables one above the other: a step of an RNN is a dense layer that also reads its last answer.",
    ),
    "read-sequence": Explained(
        "The memory begins at zeros, and what one step returns is what the next one reads. Every memory is kept, and `axis=1` puts the steps on the second axis.",
    ),
    "next-words": Explained(
        "What is read is every word but the last, what follows is every word but the first. So each word stands beside the one that comes after it, and the text is its own label.",
    ),
    "lstm-step": Explained(
        "One product gives four blocks: write, keep, candidate, show. The cell keeps a part of itself and takes up a part of the candidate; what is shown is a part of its tanh. A sum lets a gradient through that a product with the same table would wear down.",
    ),
    "last-capital": Explained(
        "Keep one letter in mind and replace it at each capital. Everything else is passed over; that is all the memory there has to be.",
        variant="two gates: write and keep",
        way="Written as a sum of two products, with a mark that is 1 or 0, this is the cell of an LSTM: write times new, plus keep times old.",
    ),
    "cell-by-hand": Explained(
        "At a capital the write gate gets a large positive number and the keep gate a large negative one; at a small letter the other way round. Sigmoids of such numbers are practically 1 and 0.",
    ),
    "pad": Explained(
        "A row of zeros for each sentence, into which its words are written. A sentence that is too long keeps its *last* words.",
    ),
    "count-parameters": Explained(
        "The embedding has a row for each word. An LSTM has four blocks, each with a weight for every input and every memory and a bias: 4 · (128 + 64 + 1) · 64. The last neuron adds 64 + 1.",
    ),
    "build-classifier": Explained(
        "An embedding makes numbers of words, the LSTM reads them and hands over its last memory, one sigmoid answers. `mask_zero=True` makes it skip the zeros that only fill a row up.",
    ),
    "through-time": Explained(
        "From the last step to the first: the slope passes through tanh, 1 − h², leaves its share in each of the three gradients, and goes on through the turned recurrent kernel. The same arrays served at every step, so the shares are added. At the first step the memory was empty, so nothing comes to the recurrent kernel there.",
        variant="all slopes first, the sums afterwards",
        way="Only the slopes depend on one another. Once they are known, the gradients are plain sums over steps, and libraries compute them as one large product.",
    ),
}
