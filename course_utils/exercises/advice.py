"""The commonest errors of learners: what each means, and what to try.

A row is matched against the error's kind and message; `{1}`, `{2}` … stand for what the pattern caught.
"""

from __future__ import annotations

from typing import NamedTuple


class Advice(NamedTuple):
    """For errors whose kind and message match, and the learner's line, if it matters: what to say."""

    kind: str
    message: str
    text: str
    where: str = ""


ADVICE = (
    # Shapes
    Advice(
        "AxisError",
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "The axes are counted from 0, and this array has {2} of them, so there is no axis {1}. `axis=-1` is the last one, however many there are.",
    ),
    Advice(
        "ValueError",
        r"matmul: .*mismatch.*\(size (\d+) is different from (\d+)\)|shapes .* not aligned",
        "For `@` the last axis of the left array must be as long as the first one of the right (or its last but one). "
        "Print both shapes: does one of them need `.T`, have they changed places, or did the step before give another size "
        "than you think?",
    ),
    Advice(
        "ValueError",
        r"matmul: Input operand \d does not have enough dimensions",
        "`@` multiplies arrays. For a single number use `*`.",
    ),
    Advice(
        "ValueError",
        r"operands could not be broadcast together with shapes (\(\d+,\) \(\d+,\d[\d,]*\)|\(\d+,\d[\d,]*\) \(\d+,\))",
        "The shapes {1} do not go together number by number: seen from the right, lengths must be equal or 1. "
        "Has an axis got lost, so that `keepdims=True` or `[:, None]` is missing?",
    ),
    Advice(
        "ValueError",
        r"operands could not be broadcast together with shapes (\([\d,]*\)) (\([\d,]*\))",
        "The shapes {1} and {2} do not go together number by number: seen from the right, lengths must be equal or 1. "
        "Do both arrays of this line belong together: the same rows, the same layer?",
    ),
    Advice(
        "ValueError",
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        "You put something of shape {1} into a place of shape {2}. Print both sides of this line.",
    ),
    Advice(
        "ValueError",
        r"non-broadcastable output operand with shape (\([\d,]*\))",
        "`+=` and its like keep the shape of the left side, {1}, and the right side is larger. Write `a = a + b`.",
    ),
    Advice(
        "ValueError",
        r"cannot reshape array of size (\d+) into shape \([\w,]*\)",
        "There are {1} numbers here. The lengths of the new shape, multiplied, must give just as many; where a -1 stands for one "
        "of them, the others must divide {1}. Is the old shape the one that you think?",
    ),
    Advice(
        "ValueError",
        r"all the input array dimensions .*must match exactly",
        "Arrays can be joined only when all their other axes have the same length. Print their shapes.",
    ),
    Advice(
        "ValueError",
        r"setting an array element with a sequence",
        "The rows have different lengths, or a list stands where one number is wanted.",
    ),
    Advice(
        "IndexError",
        r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)",
        "There are {2} places, counted from 0, so there is no place {1}.",
    ),
    Advice(
        "IndexError", r"too many indices for array", "You give more indices than the array has axes. Print its shape."
    ),
    Advice(
        "IndexError",
        r"(list|tuple) index out of range",
        "Places are counted from 0, so the last is `[-1]`. Does a loop go one too far? Or is it the `shape` of an array with fewer axes?",
    ),
    Advice(
        "IndexError",
        r"arrays used as indices must be of integer",
        "Only whole numbers (or True and False) can choose places. Are these labels floats? `.astype(int)` makes them whole.",
    ),
    Advice(
        "IndexError",
        r"only integers, slices",
        "Only whole numbers can choose places. `/` always gives a float: use `//`, or `int(…)`.",
    ),
    Advice(
        "TypeError",
        r"slice indices must be integers|'float' object cannot be interpreted as an integer|expected a sequence of integers",
        "A whole number is needed here, and this is a float. `/` always gives a float: use `//`, or `int(…)`.",
    ),
    Advice(
        "TypeError",
        r"Cannot interpret '[\d.]+' as a data type|argument for zeros\(\) given by name \('dtype'\) and position",
        "A shape of several lengths is one thing, in brackets of its own: `np.zeros((2, 3))`.",
    ),
    Advice(
        "TypeError",
        r"'(?:[<>]=?)' not supported between instances of '(tuple|list)' and",
        "A {1} is compared with a number. Do the brackets of a function close too early, or is it still to be made an array?",
    ),
    # None
    Advice(
        "TypeError",
        r"'NoneType' object is not (subscriptable|iterable|callable)|'NoneType'",
        "Something here is None. That is what a function gives that has no `return`, and what methods give that work in "
        "place, such as `sort`, `append` and `shuffle`.",
    ),
    Advice(
        "AttributeError",
        r"'NoneType' object has no attribute '(\w+)'",
        "Something here is None, so it has no `{1}`. Does the function that made it have a `return`?",
    ),
    # Calls
    Advice(
        "TypeError",
        r"missing \d+ required positional arguments?: 'self'|missing 1 required positional argument: 'x'.*self",
        "This is a method, and it was called on the class itself. Make an object first: `layer = Layer(…)`, then `layer.method(…)`.",
    ),
    Advice(
        "TypeError",
        r"missing (\d+) required positional arguments?: (.*)",
        "The call leaves out {2}. Which values belong between the brackets?",
    ),
    Advice(
        "TypeError",
        r"takes (\d+) positional arguments? but (\d+) (?:was|were) given",
        "The function was made for {1} arguments and got {2}. In a class, is `self` missing in the first place?",
    ),
    Advice(
        "TypeError",
        r"got an unexpected keyword argument '(\w+)'",
        "There is no argument called {1} here. Compare the name with the text of the exercise.",
    ),
    Advice(
        "TypeError",
        r"'(?:float|int|float64|tuple|list)' object is not callable|'numpy\.(?:float|int)\d*' object is not callable",
        "A number or a list stands before round brackets, as if it were a function. Is a `*` or a comma missing, or has a "
        "function's name been used for a value?",
    ),
    Advice(
        "TypeError",
        r"'numpy\.ndarray' object is not callable",
        "An array stands before round brackets. Places of an array are chosen with square ones: `a[0]`.",
    ),
    Advice(
        "TypeError",
        r"'(?:builtin_function_or_method|method|function)' object is not subscriptable",
        "A function stands before square brackets. Calls need round ones.",
    ),
    # Kinds of values
    Advice(
        "TypeError",
        r"only (?:length-1|0-dimensional|size-1) arrays can be converted",
        "A function for single numbers, from `math` or `float`, was given an array. NumPy's own take arrays: `np.exp`, `np.sqrt` …",
    ),
    Advice(
        "TypeError",
        r"can't multiply sequence by non-int|unsupported operand type\(s\) for .*'(?:list|tuple)'",
        "Python's lists do not calculate number by number. Make an array first: `np.array(…)`.",
    ),
    Advice(
        "TypeError",
        r"unsupported operand type\(s\) for .*'(?:function|builtin_function_or_method|method|numpy\.ufunc)'",
        "One of the two is a function that was not called: it is `f(x)`, not `f`.",
    ),
    Advice(
        "TypeError",
        r"only integer scalar arrays can be converted to a scalar index",
        "An array stands where one whole number is wanted, such as an axis or a place. Is it the second place of a function "
        "that takes an axis there? The larger of two numbers is `np.maximum(a, b)`, not `np.max(a, b)`.",
    ),
    Advice(
        "TypeError",
        r"unsupported operand type\(s\) for .*'str'|can only concatenate str|must be str, not",
        "A text stands where a number is wanted. Are there quotation marks too many?",
    ),
    Advice(
        "TypeError",
        r"'(?:int|float|numpy\.\w+)' object is not (?:iterable|subscriptable)|object of type '(?:int|float|\w+)' has no len",
        "A single number stands where several are wanted. Did an index, or a `sum`, already pick one?",
    ),
    Advice(
        "ValueError",
        r"too many values to unpack \(expected (\d+)",
        "There are more than {1} values on the right. Print what comes back before you give it {1} names.",
    ),
    Advice(
        "ValueError",
        r"not enough values to unpack \(expected (\d+), got (\d+)\)",
        "{1} names on the left, but only {2} values on the right.",
    ),
    Advice(
        "TypeError",
        r"cannot unpack non-iterable (\w+) object",
        "One single {1} comes back, so it cannot be given to several names. What does the function return?",
    ),
    Advice(
        "ValueError|TypeError",
        r"truth value of an array with more than one element is ambiguous|ufunc 'bitwise_(?:and|or)' not supported",
        "Brackets around each comparison: `(a == 1) & (b == 1)`. `&` and `|` bind before `==`, `<` and `>`.",
        where=r"[=<>]\s*[\w.\[\]'-]+\s*[&|]\s*[\w.\[\]'-]+\s*[=<>!]",
    ),
    Advice(
        "ValueError",
        r"truth value of an array with more than one element is ambiguous",
        "`if`, `and`, `or` and `max(a, b)` decide once, and this array holds many answers. `np.where`, `np.maximum`, `&` and `|` "
        "work number by number.",
    ),
    Advice(
        "ValueError",
        r"(?:assignment destination|output array) is read-only",
        "This array may only be read. Make something new from it, or work on `x.copy()`.",
    ),
    Advice(
        "UFuncTypeError|UFuncOutputCastingError|_UFuncOutputCastingError",
        r"Cannot cast ufunc .* from .*float.* to .*int",
        "The array holds whole numbers, and `+=` and its like cannot put fractions into it. Write `x = x * …`, or begin with "
        "`x.astype(float)`.",
    ),
    Advice(
        "ValueError",
        r"could not convert string to float",
        "A text cannot be read as a number. Are there quotation marks too many, or a comma for a point?",
    ),
    Advice(
        "TypeError",
        r"Axis must be specified when shapes of a and weights differ",
        "There are several arrays, and one weight for each of them. Along which axis do the weights count?",
    ),
    Advice(
        "ValueError",
        r"is not in list",
        "`index` looks for exactly this value in this list, and it is not there. Is it the list that the value came from?",
    ),
    Advice(
        "OverflowError",
        r"math range error|too large|Result too large",
        "The number has grown beyond all bounds. Is something meant to be subtracted before `exp`?",
    ),
    Advice("ZeroDivisionError", r".*", "Something is divided by 0. Which case makes the lower part 0?"),
    # Names
    Advice(
        "UnboundLocalError",
        r"local variable '?(\w+)'?",
        "`{1}` gets a value in this function, but on this way it is used before. Is its first value set inside an `if` or after the loop?",
    ),
    Advice(
        "NameError",
        r"name '(\w+)' is not defined",
        "There is no `{1}` here. Is it spelt as where it was made? A name made inside one function is not known in another, and in a class what `__init__` kept is `self.{1}`.",
    ),
    Advice(
        "AttributeError",
        r"'(?:list|tuple)' object has no attribute '(?:shape|sum|mean|T|astype|reshape|max|min|dot|copy|ndim|size)'",
        "This is one of Python's lists, not an array. `np.array(…)` makes one of it.",
    ),
    Advice(
        "AttributeError",
        r"'numpy\.ndarray' object has no attribute '(append|extend|insert|index)'",
        "Arrays do not grow. Collect the values in a list with `append`, then make one array of it.",
    ),
    Advice(
        "AttributeError|TypeError",
        r"'History' object (?:has no attribute|is not)",
        "`fit` gives back the record of the training, not the model. Its numbers are in its own `.history`; keep the model "
        "under another name, or write `model.fit(…)` on a line by itself.",
    ),
    Advice(
        "AttributeError",
        r"(?:module|object) .*has no attribute '(\w+)'|has no attribute '(\w+)'",
        "Is this name spelt as in the text of the exercise, and is the thing before the point what you think it is?",
    ),
    Advice(
        "KeyError",
        r"in Reservoir",
        "The log holds nothing of this name and kind. Keras writes its numbers as tensors: `Tensors` finds them, and "
        "`Scalars` finds nothing. With `Tensors`: has the log been read before, with `.Reload()`?",
    ),
    Advice("KeyError", r".*", "There is nothing of this name in the dictionary. Print its `.keys()`."),
    Advice("RecursionError", r".*", "The function calls itself without end. When should it stop?"),
    Advice("AssertionError", r".*", "An `assert` of your own did not hold."),
)
