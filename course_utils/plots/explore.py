"""A picture that follows sliders; where nothing can move, the same picture at chosen settings."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from course_utils.environment import in_grading, on_colab

from .clicks import clickable, place, read
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


def explore(
    draw: Callable[..., Picture], click: tuple[str, str] | None = None, **ranges: tuple[float, float, float, float]
) -> None:
    """Show `draw(**settings) -> (figure, text)` with one slider a setting: `name=(lowest, highest, step, start)`.

    Four whole numbers make a slider of whole numbers. `click=(across, down)` names two of them that a click on the
    figure's first axes sets, to the place that was clicked.

    The picture at the start settings is always there, so that the notebook reads well on paper, on a web page and
    in a front end without widgets; the slider, if it works, draws the picture anew below itself.
    """
    from IPython.display import display

    start = {name: first for name, (_, _, _, first) in ranges.items()}
    still = Picture(*draw(**start))
    if not live():
        display(still)
        return
    show_widget(_panel(draw, still, ranges, click), still)


def _panel(
    draw: Callable[..., Picture],
    still: Picture,
    ranges: Mapping[str, tuple[float, float, float, float]],
    click: tuple[str, str] | None,
) -> Any:
    """The widgets: the sliders, the picture, and a hidden text area for where it is clicked."""
    import ipywidgets

    sliders = {name: slider(name, *range_) for name, range_ in ranges.items()}
    name = f"course-click-{secrets.token_hex(6)}"
    clicked = ipywidgets.Textarea(layout={"display": "none"})
    clicked.add_class(name)
    picture = ipywidgets.HTML()
    shown = still

    def show(new: Picture) -> None:
        nonlocal shown
        shown = new
        html = new._repr_html_()
        picture.value = clickable(html, name) if click else html

    def redraw(_: Any = None) -> None:
        show(Picture(*draw(**{name: moved.value for name, moved in sliders.items()})))

    def moved_to(message: dict) -> None:
        spot = read(message["new"])
        chosen = spot and place(shown.figure, *spot)
        if not chosen:
            return
        for setting, value in zip(click, chosen, strict=True):
            sliders[setting].unobserve(redraw, "value")  # one drawing for both
            sliders[setting].value = value
            sliders[setting].observe(redraw, "value")
        redraw()

    show(still)
    for moved in sliders.values():
        moved.observe(redraw, "value")
    if click:
        clicked.observe(moved_to, "value")
    return ipywidgets.VBox([*sliders.values(), picture, ipywidgets.HTML(HANDLE_NAMES), *([clicked] if click else [])])


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
