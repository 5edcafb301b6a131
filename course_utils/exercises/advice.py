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
        "ValueError",
        r"[Pp]robabilities (?:do not sum to 1|contain NaN|are not non-negative)|pvals",
        "Shares to draw in lie between 0 and 1 and are together 1. Is there a softmax, and is it one that stands large numbers?",
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
        "AttributeError",
        r"'(?:function|method)' object has no attribute '(\w+)'",
        "The thing before the point is a function itself, and a function has no `{1}`. Call it first: which brackets are missing "
        "behind its name? What it gives back may have a `{1}`.",
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
