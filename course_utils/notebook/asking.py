"""The form of a question: buttons where somebody is at the notebook, and everywhere a line to type."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from course_utils.environment import in_grading
from course_utils.exercises import Answer, Choice, Question
from course_utils.plots.explore import live, show_widget, titled

from .question_panel import Note, QuestionPanel, asked_html, options

Answered = Callable[[Answer], Any]
SETTLING = 0.5  # seconds
CONFIDENCES = (50, 60, 70, 80, 90, 95, 99)
# JupyterLab takes arrows, space and Enter for its cells, unless the element with the focus says not to. And radio
# buttons of ipywidgets are no group, in which the arrows go from one to the next, until they have a name in common. The
# rule lets a long option go on in a second line.
OWN_KEYS = """<style onload="
const form = this.closest('.widget-vbox'), name = 'choice-' + Math.random();
form?.addEventListener('focusin', event => {
  event.target.dataset.lmSuppressShortcuts = 'true';
  form.querySelectorAll('input[type=radio]').forEach(button => button.name = name);
});">
.widget-radio-box > label { display: flex; flex-direction: row-reverse; justify-content: flex-end; align-items: start;
                            height: auto; line-height: 1.45; white-space: normal; }
.widget-radio-box input { flex: none; }
</style>"""
WIDE = {"width": "max-content", "max_width": "100%"}


def ask(
    question: Question,
    call: str,
    answered: Answered,
    typed: tuple = (),
    sure: bool = False,
    told: bool = False,
    earlier: Any = None,
) -> None:
    """Ask a question below the cell; `answered(answer)` gives what is shown when it is answered.

    `call` is the typed line up to the id, such as `lesson.predict("id"`; `typed` what stood behind it, an answer and
    how sure. `sure` says whether the form asks how sure, `told` whether the still form holds the answer, folded;
    `earlier` is what came of an answer given before. Nothing raises and nothing waits: Run All goes on. While grading
    nothing is shown.
    """
    if in_grading():
        return
    if typed:
        show(_typed(question, answered, typed))
        return
    panel = QuestionPanel(question, typed_line(question, call, sure), told, earlier)
    if live() and find_spec("ipywidgets"):
        show_widget(_form(question, answered, sure, earlier), panel)
    else:
        show(panel)


def typed_line(question: Question, call: str, sure: bool) -> str:
    """The line with which a question is answered without buttons.

    >>> from course_utils.exercises import Option
    >>> typed_line(Choice("x", "?", [Option("a", "yes", ""), Option("b", "no", "")], "a"), 'lesson.predict("x"', True)
    'lesson.predict("x", "a", 80)'
    """
    return f"{call}, {question.example}{', 80' if sure else ''})"


def _typed(question: Question, answered: Answered, typed: tuple) -> Any:
    try:
        answer = question.answer(*typed)
    except ValueError as error:
        return Note(str(error), fault=True)
    return answered(answer)


def show(thing: Any, metadata: dict[str, Any] | None = None) -> None:
    """Show a panel under the cell, `metadata` stored with its output; in plain Python, print its text."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython():
        display(thing, metadata=metadata)
    else:
        print(thing)


def _form(question: Question, answered: Answered, sure: bool, earlier: Any) -> Any:
    """The widgets: the question, what to answer with, how sure, a button, and the place for what comes of it."""
    import ipywidgets

    field = _field(question)
    how_sure = ipywidgets.Dropdown(
        # Not None, with which the field is blank in some kernels.
        options=[("how sure?", ""), *((f"{percent} % sure", percent) for percent in CONFIDENCES)],
        layout={"width": "10em"},
    )
    titled(how_sure, "How sure are you?")
    button = ipywidgets.Button(description="This is my answer", layout={"width": "12em"})
    said = ipywidgets.HTML(earlier._repr_html_() if earlier else "")

    def given() -> None:
        if field.value in (None, ""):
            said.value = Note("Give an answer first, then press the button.", fault=True)._repr_html_()
            return
        typed = (field.value, how_sure.value or None) if sure else (field.value,)
        said.value = _typed(question, answered, typed)._repr_html_()

    button.on_click(lambda _: _when_settled(given))
    row = ipywidgets.HBox([*([how_sure] if sure else []), button])
    return ipywidgets.VBox([
        ipywidgets.HTML(f'{OWN_KEYS}<div style="line-height:1.5">{asked_html(question)}</div>'),
        field,
        row,
        said,
    ])


def _when_settled(act: Callable[[], None]) -> None:
    """Act when the fields hold what the page shows.

    While the kernel is busy the page holds back all changes of a field but the first, and sends the last of them when
    the first has been taken in. By then the button is already through.
    """
    try:
        asyncio.get_running_loop().call_later(SETTLING, act)
    except RuntimeError:  # no kernel, so nothing is held back
        act()


def _field(question: Question) -> Any:
    """Radio buttons for a choice, none of them pressed; a line of text for a number."""
    import ipywidgets

    if isinstance(question, Choice):
        shown = [(f"{key}: {text}".replace("`", ""), key) for key, text in options(question)]
        field = ipywidgets.RadioButtons(options=shown, value=None, layout=WIDE)
    else:
        # Sent whole when it is left: of a busy kernel, half a number would be judged before the rest arrives.
        field = ipywidgets.Text(placeholder=question.wanted, continuous_update=False, layout={"width": "18em"})
    titled(field, "Your answer")
    return field
