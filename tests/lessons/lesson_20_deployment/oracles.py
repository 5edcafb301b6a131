"""Lesson 20 by other means: pydantic's strict types for a request, sorting for a reply."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

# What pydantic calls the fault -> what a text about it must name; "columns" stands for their number.
NAMED = {
    "model_type": "instances",
    "missing": "instances",
    "too_short": "instances",
    "list_type": "instances",
    "float_type": "number",
    "finite_number": "finite",
}


def array_or_complaint(payload, columns, most_rows, word):
    number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
    row = Annotated[list[number], Field(strict=True, min_length=columns, max_length=columns)]

    class Request(BaseModel):
        model_config = ConfigDict(strict=True)
        instances: Annotated[list[row], Field(min_length=1, max_length=most_rows)]

    try:
        return np.array(Request.model_validate(payload).instances)
    except ValidationError as error:
        fault = error.errors()[0]
        of_a_row = len(fault["loc"]) == 2
        named = {"columns": str(columns), "rows": str(most_rows)}
        kind = "columns" if of_a_row else "rows" if fault["type"] == "too_long" else NAMED[fault["type"]]
        return f"a text that contains {named.get(kind, kind)}"


def answers(shares, names):
    """Each row's shares beside their names, sorted, largest last."""
    best = [sorted(zip(row, names, strict=True))[-1] for row in shares.astype(float).tolist()]
    return {"predictions": [dict(zip(("confidence", "class"), pair, strict=True)) for pair in best]}


ORACLES = {"read-request": array_or_complaint, "reply": answers}
