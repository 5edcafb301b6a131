"""Draw a digit with the mouse or a finger, and a function of yours reads it; without widgets, a stored digit is read.

The drawing is a canvas in the page. Its script writes the ink into a text area of ipywidgets, which carries it to the
kernel; there it is brought into the form of MNIST's digits, changed as sliders say, and given to the reader.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import numpy as np

from .explore import HANDLE_NAMES, live, show_widget, slider
from .ink import INK, PEN, STROKES, as_mnist, decoded, drawn
from .picture import Picture
from .style import bars, figure

NOTHING_DRAWN = "Nothing is drawn yet."

Reader = Callable[[np.ndarray], np.ndarray]
Change = Callable[..., np.ndarray]


def reading(image: np.ndarray, read: Reader) -> Picture:
    """The digit as the network sees it, beside its ten shares; and the text that stands for the picture.

    Errors: ValueError when the reader does not give ten shares.
    """
    shares = np.asarray(read(image), dtype=float).reshape(-1)
    if shares.shape != (10,):
        raise ValueError(f"The reader should give ten shares, one for each digit, but gave {shares.size} numbers.")
    found = int(np.argmax(shares))
    made, axes = figure(1, 2, (7, 2.8), gridspec_kw={"width_ratios": [1, 2]})
    axes[0].imshow(image, cmap="gray_r", vmin=0, vmax=1)
    axes[0].set(title="what the network sees", xticks=[], yticks=[])
    axes[0].grid(False)
    axes[0].spines[:].set_visible(True)
    for digit, share in enumerate(shares):
        axes[1].bar(digit, share, **bars(int(digit == found)))
    axes[1].set(title=f"it says {found}, {shares[found]:.0%} sure", xticks=range(10), ylim=(0, 1.05))
    text = f"A drawn digit in 28 by 28 pixels. The network says {found} and gives it a share of {shares[found]:.0%}."
    return Picture(made, text)


def as_drawn(image: np.ndarray) -> np.ndarray:
    """The image itself: no slider changes it."""
    return image


def draw_digit(
    read: Reader, example: int = 3, change: Change = as_drawn, **ranges: tuple[float, float, float, float]
) -> None:
    """Show a canvas whose digit `read(image) -> ten shares` reads; where nothing is live, one of the course's digits.

    `change(image, **settings) -> image` comes before the reader, with one slider a setting, as in `explore`:
    `name=(lowest, highest, step, start)`.

    Shapes: image (28, 28), float32 from 0 to 1.
    """
    from IPython.display import HTML, display

    start = {name: first for name, (_, _, _, first) in ranges.items()}
    still = reading(change(as_mnist(drawn(STROKES[example])), **start), read)
    if not live():
        display(still)
        return
    name = f"course-ink-{secrets.token_hex(6)}"
    sliders = {setting: slider(setting, *range_) for setting, range_ in ranges.items()}
    display(HTML(_CANVAS.replace("NAME", name).replace("SIZE", str(INK)).replace("PEN", str(PEN))))
    show_widget(_panel(read, still, name, example, change, sliders), still)


def _panel(
    read: Reader,
    still: Picture,
    name: str,
    example: int,
    change: Change = as_drawn,
    sliders: dict[str, Any] | None = None,
) -> Any:
    """The widgets: a button for each of the course's digits, the sliders, the picture, a hidden text area for the ink.

    The sliders stay where they are when another digit is drawn.
    """
    import ipywidgets

    ink = ipywidgets.Textarea(layout={"display": "none"})
    ink.add_class(name)
    picture = ipywidgets.HTML(still._repr_html_())
    sliders = sliders or {}
    paper = drawn(STROKES[example])

    def show(values: np.ndarray) -> None:
        nonlocal paper
        paper = values
        if not paper.any():
            picture.value = f"<p>{NOTHING_DRAWN}</p>"
            return
        settings = {setting: slide.value for setting, slide in sliders.items()}
        picture.value = reading(change(as_mnist(paper), **settings), read)._repr_html_()

    def received(message: dict) -> None:
        values = decoded(message["new"])
        if values is not None:
            show(values)

    ink.observe(received, "value")
    for slide in sliders.values():
        slide.observe(lambda _: show(paper), "value")
    buttons = [ipywidgets.Button(description=f"a {digit}", layout={"width": "4em"}) for digit in STROKES]
    for button, digit in zip(buttons, STROKES, strict=True):
        button.on_click(lambda _, digit=digit: show(drawn(STROKES[digit])))
    label = ipywidgets.Label("or take one of the course's:")
    return ipywidgets.VBox([
        ipywidgets.HBox([label, *buttons]),
        *sliders.values(),
        picture,
        ink,
        ipywidgets.HTML(HANDLE_NAMES),
    ])


# The ink is drawn at the size of the canvas and sent, at SIZE x SIZE pixels, when the pen is lifted. The canvas appears
# with the widget that takes its ink; where there is none, nothing would read what is drawn.
_CANVAS = """
<div id="NAME" hidden>
<canvas width="280" height="280" role="img" aria-label="Draw a digit here with the mouse or a finger."
 style="border:2px solid #888;background:white;touch-action:none;cursor:crosshair"></canvas><br>
<button type="button">Clear</button> Draw a digit into the square; the network reads it when you lift the pen.
</div>
<script>
(function () {
  const box = document.getElementById("NAME"), canvas = box.querySelector("canvas"), pen = canvas.getContext("2d");
  const small = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  small.canvas.width = small.canvas.height = SIZE;
  let down = false;
  function clear() { pen.fillStyle = "white"; pen.fillRect(0, 0, 280, 280); }
  function at(event) {
    const frame = canvas.getBoundingClientRect();
    return [(event.clientX - frame.left) * 280 / frame.width, (event.clientY - frame.top) * 280 / frame.height];
  }
  function send() {
    small.imageSmoothingQuality = "high";
    small.drawImage(canvas, 0, 0, SIZE, SIZE);
    const pixels = small.getImageData(0, 0, SIZE, SIZE).data;
    let text = "";
    for (let i = 0; i < pixels.length; i += 4) text += Math.round((255 - pixels[i]) / 17).toString(16);
    const area = document.querySelector(".NAME textarea");
    if (!area) return;
    area.value = text;
    area.dispatchEvent(new Event("input", {bubbles: true}));
    area.dispatchEvent(new Event("change", {bubbles: true}));
  }
  pen.lineWidth = 560 * PEN; pen.lineCap = pen.lineJoin = "round";
  clear();
  canvas.addEventListener("pointerdown", function (event) {
    down = true; canvas.setPointerCapture(event.pointerId);
    pen.beginPath(); pen.moveTo(...at(event)); pen.lineTo(...at(event)); pen.stroke();
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!down) return;
    pen.lineTo(...at(event)); pen.stroke();
  });
  canvas.addEventListener("pointerup", function () { if (down) { down = false; send(); } });
  box.querySelector("button").addEventListener("click", function () { clear(); send(); });
  const look = setInterval(function () {
    if (!document.querySelector(".NAME textarea")) return;
    box.hidden = false;
    clearInterval(look);
  }, 200);
})();
</script>
"""
