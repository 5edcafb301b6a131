"""More mistakes in a search space: other bounds, other names, a value that is worked out instead of asked for."""

from .search_space import ByName, ByQuestion, proposed, search_space

OTHER_NAMES = {
    "learning_rate": "lr learning-rate learningrate learningRate LearningRate rate alpha eta log_lr step_size",
    "layers": "layer n_layers num_layers number_of_layers depth hidden_layers n_layer",
    "width": "widths units neurons n_units num_units hidden hidden_size size nodes n_hidden",
    "batch_size": "batch batchsize batch_sizes batchSize batch-size bs size batches",
    "dropout": "drop dropout_rate drop_rate rate p dropout-rate Dropout",
}


class Renamed:
    """A trial that is asked for one hyperparameter under another name."""

    def __init__(self, trial, key, name):
        self.trial, self.key, self.name = trial, key, name

    def __getattr__(self, question):
        ask = getattr(self.trial, question)
        return lambda name, *args, **how: ask(self.name if name == self.key else name, *args, **how)


def named_otherwise(key):
    """The answer asks for `key` under one of its other names, and for everything else as it should."""
    names = [*OTHER_NAMES[key].split(), *(name.replace("_", " ") for name in OTHER_NAMES[key].split())]

    def is_so(seen, trial, *space):
        return issubclass(trial, ByName | ByQuestion) and any(
            seen == proposed(Renamed(trial, key, name), *space) for name in names
        )

    return is_so


for _key, _name, _ask in (
    ("learning_rate", "lr", "suggest_float"),
    ("layers", "n_layers", "suggest_int"),
    ("width", "units", "suggest_categorical"),
    ("batch_size", "batch", "suggest_categorical"),
    ("dropout", "dropout_rate", "suggest_float"),
):
    search_space.slip(
        f"another-name-for-{_key.replace('_', '-')}",
        f"You ask for `{_key}` under another name than its key. Under which name is the program to remember it?",
        f'{_ask}("{_key}"',
        f'{_ask}("{_name}"',
        when=named_otherwise(_key),
    )


search_space.slip(
    "exponent-for-rate",
    "Your learning rate is an exponent, such as -2, and is asked for on a linear scale. Which argument of `suggest_float` searches a *rate* on a log scale?",
    '"learning_rate", low, high, log=True',
    '"learning_rate", np.log10(low), np.log10(high)',
)

search_space.slip(
    "walks-by-itself",
    "You ask for a number from 0 to 1 and make a rate of it yourself. The program remembers what it was asked for: which argument of `suggest_float` walks on a log scale?",
    'trial.suggest_float("learning_rate", low, high, log=True)',
    'low * (high / low) ** trial.suggest_float("learning_rate", 0.0, 1.0)',
)

search_space.slip(
    "bounds-exchanged",
    "You hand over the highest learning rate first. In which order does `suggest_float` want its bounds?",
    "low, high, log=True",
    "high, low, log=True",
)

search_space.slip(
    "dropout-to-five",
    "Halfway your dropout is 2.5, and a share cannot be more than 1. Where does the point stand in the highest value of the table?",
    '"dropout", 0.0, 0.5',
    '"dropout", 0.0, 5',
)

search_space.slip(
    "dropout-from-a-tenth",
    "Your dropout begins at 0.1, so no dropout at all is never tried. Where does the table let it begin?",
    '"dropout", 0.0, 0.5',
    '"dropout", 0.1, 0.5',
)

search_space.slip(
    "whole-dropout",
    "Your dropout is always a whole number, so only 0 is left. Which `suggest_` gives numbers in between?",
    'suggest_float("dropout", 0.0, 0.5)',
    'suggest_int("dropout", 0, 0.5)',
)

search_space.slip(
    "dropout-of-two",
    "Your dropout is one of its two bounds. Which `suggest_` gives any number between them?",
    'suggest_float("dropout", 0.0, 0.5)',
    'suggest_categorical("dropout", [0.0, 0.5])',
)

search_space.slip(
    "dropout-from-a-list",
    "Your dropout is one of a list of six. Any number from 0 to 0.5 may be tried: which `suggest_` gives it?",
    'suggest_float("dropout", 0.0, 0.5)',
    'suggest_categorical("dropout", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5])',
)

search_space.slip(
    "no-layer-at-all",
    "No layer at all is tried as well. What is the lowest number that the table allows?",
    '"layers", 1, 3',
    '"layers", 0, 3',
)

search_space.slip(
    "two-choices-of-layers",
    "Your layers are 1 or 3, never 2. `suggest_categorical` takes one of what is in its list: what is missing there?",
    'suggest_int("layers", 1, 3)',
    'suggest_categorical("layers", [1, 3])',
)

search_space.slip(
    "fixed-widths",
    "Your widths are a list in the code. Which parameter holds the widths that the caller wants?",
    '"width", widths',
    '"width", [8, 16, 32, 64, 128]',
)

search_space.slip(
    "fixed-batch-sizes",
    "Your batch sizes are a list in the code. Which parameter holds those that the caller wants?",
    '"batch_size", batch_sizes',
    '"batch_size", [16, 32, 64]',
)

search_space.slip(
    "lists-exchanged",
    "The width comes from the list of batch sizes, and the batch size from that of the widths. Which list belongs to which?",
    '"width", widths),\n        "batch_size": trial.suggest_categorical("batch_size", batch_sizes',
    '"width", batch_sizes),\n        "batch_size": trial.suggest_categorical("batch_size", widths',
)


@search_space.mistake(
    "names-of-the-examples",
    "You ask under the names of the examples, `rate`, `count` and `size`, and two of them serve twice. Under which name is each value to be asked?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("rate", low, high, log=True),
        "layers": trial.suggest_int("count", 1, 3),
        "width": trial.suggest_categorical("size", widths),
        "batch_size": trial.suggest_categorical("size", batch_sizes),
        "dropout": trial.suggest_float("rate", 0.0, 0.5),
    }
