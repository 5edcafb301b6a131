"""A picture that follows sliders; where nothing can move, the same picture at chosen settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from course_utils.environment import in_grading, on_colab

from .picture import Picture

# A slider's handle has no name that a screen reader could say, so it gets that of its label, once both are in the page.
HANDLE_NAMES = """<style onload="
const box = this.closest('.widget-vbox');
const name = () => box?.querySelectorAll('.widget-slider').forEach(slider => slider.querySelector('.noUi-handle')
  ?.setAttribute('aria-label', slider.querySelector('.widget-label')?.textContent));
box?.addEventListener('focusin', name);
setTimeout(name, 1000);
"></style>"""
VIEW = "application/vnd.jupyter.widget-view+json"  # the same in ipywidgets 7 and 8, which differ in the method for it


def explore(draw: Callable[..., Picture], **ranges: tuple[float, float, float, float]) -> None:
    """Show `draw(**settings) -> (figure, text)` with one slider a setting: `name=(lowest, highest, step, start)`.

    Four whole numbers make a slider of whole numbers.

    The picture at the start settings is always there, so that the notebook reads well on paper, on a web page and
    in a front end without widgets; the slider, if it works, draws the picture anew below itself.
    """
    from IPython.display import display

    start = {name: first for name, (_, _, _, first) in ranges.items()}
    if not live():
        display(Picture(*draw(**start)))
        return
    import ipywidgets

    sliders = {name: slider(name, *range_) for name, range_ in ranges.items()}
    still = Picture(*draw(**start))
    picture = ipywidgets.HTML(still._repr_html_())

    def redraw(_: Any) -> None:
        picture.value = Picture(*draw(**{name: moved.value for name, moved in sliders.items()}))._repr_html_()

    for moved in sliders.values():
        moved.observe(redraw, "value")
    show_widget(ipywidgets.VBox([*sliders.values(), picture, ipywidgets.HTML(HANDLE_NAMES)]), still)


def show_widget(widget: Any, still: Any) -> None:
    """One output in two forms: where a front end has no widgets, it shows `still`, a picture or a panel."""
    from IPython.display import display

    if on_colab():  # its front end always has widgets
        display(widget)
        return
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display({VIEW: view, "text/html": still._repr_html_(), "text/plain": repr(still)}, raw=True)


def slider(name: str, lowest: float, highest: float, step: float, start: float) -> Any:
    """A slider with its name beside it; of whole numbers when all four are."""
    import ipywidgets

    whole = all(isinstance(number, int) for number in (lowest, highest, step, start))
    words = name.replace("_", " ")
    made = (ipywidgets.IntSlider if whole else ipywidgets.FloatSlider)(
        value=start,
        min=lowest,
        max=highest,
        step=step,
        continuous_update=False,
        description=words,
        style={"description_width": "initial"},
    )
    titled(made, f"{words}, {lowest} to {highest}")
    return made


def titled(widget: Any, text: str) -> None:
    """Give a widget the title that its label has, which is "null" else; ipywidgets 7 has another name for it."""
    setattr(widget, "tooltip" if widget.has_trait("tooltip") else "description_tooltip", text)


def live() -> bool:
    """True when a person is at the notebook: not while the course is built, graded or run by a script."""
    from IPython import get_ipython

    shell = get_ipython()
    watched = not (in_grading() or os.environ.get("COURSE_BUILD"))
    return watched and shell is not None and getattr(shell, "kernel", None) is not None
