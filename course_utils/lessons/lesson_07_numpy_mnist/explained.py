"""Why the solutions of this lesson are as they are, and which other way is worth a look."""

from course_utils.exercises import Explained

EXPLAINED = {
    "split-data": Explained(
        "The order says which rows go where; its first part is for validation. The same row numbers pick images and labels, so they stay together, and no row stands in both parts.",
    ),
    "initialise": Explained(
        "Random numbers, so that the neurons differ; with spread √(2 / inputs), so that signals neither die nor explode on their way. Biases may begin at 0, because the tables already make the neurons differ.",
    ),
    "one-hot": Explained(
        "Row k of the identity matrix is 0 everywhere and 1 at place k. Picking rows by the labels gives one such row for each.",
    ),
    "loss-and-gradients": Explained(
        "The way forward keeps what the way back needs: z1, h and the shares. Then three products with turned tables carry the slopes back. Everything is divided by the number of rows once, at the start of the way back.",
        variant="1 taken from the right share in its place, loss from the logarithm of the sum",
        way="The logarithm of a share straight from the scores is never the logarithm of 0. `np.log` of a share that has vanished is minus infinity; here no share is needed for the loss.",
    ),
    "train-epoch": Explained(
        "Slices of the rows in their order; for each the slopes, then the step, then the next slice with the *new* network. The last, shorter slice is trained on as well.",
    ),
    "accuracy": Explained(
        "The largest score of each row says the class. Comparing with the labels gives true and false, and their mean is the share of right ones.",
    ),
    "confusion-matrix": Explained(
        "Row: what it was; column: what it was called. `np.add.at` adds 1 for every pair, also where the same pair comes twice; `table[labels, predictions] += 1` would count it once.",
        variant="a product of one-hot tables",
        way="Each sample contributes a table with a single 1, and the product of the turned one-hot labels with the one-hot predictions adds them all up.",
    ),
    "train-network": Explained(
        "Start values, a fresh order for each epoch, and your own functions for the rest. A new order makes other batches each time. Six epochs with the rate 0.25 are enough here; other settings reach the mark too.",
    ),
}
