"""Draw a digit with the mouse or a finger, and a function of yours reads it; without widgets, a stored digit is read.

The drawing is a canvas in the page. Its script writes the ink into a text area of ipywidgets, which carries it to the
kernel; there it is brought into the form of MNIST's digits and given to the reader.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.plots import Picture, bars, figure, live, show_widget

INK = 56  # the canvas sends INK x INK pixels
BOX, SIDE = 20, 28  # MNIST: the digit fits into a box of 20 x 20, in an image of 28 x 28
PEN = 0.055  # half the width of the pen, when the canvas is 1 wide
HEX = "0123456789abcdef"
NOTHING_DRAWN = "Nothing is drawn yet."

Reader = Callable[[np.ndarray], np.ndarray]

# Digits by hand, as lines from point to point; x runs to the right, y down, both from 0 to 1.
STROKES: dict[int, list[list[tuple[float, float]]]] = {
    2: [
        [
            (0.3, 0.32),
            (0.36, 0.2),
            (0.5, 0.14),
            (0.66, 0.2),
            (0.7, 0.34),
            (0.6, 0.52),
            (0.42, 0.7),
            (0.28, 0.84),
            (0.5, 0.82),
            (0.74, 0.84),
        ]
    ],
    3: [
        [
            (0.3, 0.22),
            (0.46, 0.14),
            (0.64, 0.2),
            (0.66, 0.34),
            (0.54, 0.46),
            (0.42, 0.48),
            (0.58, 0.5),
            (0.7, 0.62),
            (0.66, 0.78),
            (0.5, 0.86),
            (0.3, 0.8),
        ]
    ],
    5: [[(0.7, 0.15), (0.38, 0.16), (0.36, 0.44), (0.54, 0.42), (0.68, 0.54), (0.66, 0.74), (0.5, 0.85), (0.3, 0.8)]],
    7: [[(0.26, 0.2), (0.48, 0.19), (0.72, 0.18), (0.62, 0.42), (0.5, 0.66), (0.44, 0.86)]],
}


def drawn(strokes: list[list[tuple[float, float]]]) -> np.ndarray:
    """The ink of a pen that follows the strokes. Shapes: (INK, INK), 0 paper to 1 ink."""
    y, x = (np.mgrid[:INK, :INK] + 0.5) / INK
    place = np.stack([x, y], axis=-1)
    distance = np.full((INK, INK), np.inf)
    for stroke in strokes:
        for a, b in zip(np.array(stroke), np.array(stroke[1:]), strict=False):
            along = np.clip((place - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
            distance = np.minimum(distance, np.linalg.norm(place - a - along[..., None] * (b - a), axis=-1))
    return np.clip((PEN - distance) * INK + 0.5, 0, 1)


def as_mnist(ink: np.ndarray) -> np.ndarray:
    """The ink as one of MNIST's digits: cut out, fitted into 20 x 20, its centre of mass in the middle of 28 x 28.

    Shapes: (H, W) to (28, 28), float32 from 0 to 1; an empty paper stays empty.
    Source: LeCun, Cortes & Burges, The MNIST database, on how the digits were prepared.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    if not len(rows):
        return image
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (max(1, round(BOX * n / max(ink.shape))) for n in ink.shape)
    small = _shares(height, ink.shape[0]) @ ink @ _shares(width, ink.shape[1]).T
    y, x = (round(SIDE / 2 - 0.5 - _middle(small.sum(axis=axis))) for axis in (1, 0))
    y, x = min(max(y, 0), SIDE - height), min(max(x, 0), SIDE - width)
    image[y : y + height, x : x + width] = small
    return image


def _shares(new: int, old: int) -> np.ndarray:
    """Row i: the share of each old pixel in the new pixel i, when `old` pixels in a line become `new`."""
    edges = np.linspace(0, old, new + 1)
    pixel = np.arange(old)
    overlap = np.minimum(edges[1:, None], pixel + 1) - np.maximum(edges[:-1, None], pixel)
    return np.maximum(overlap, 0) * new / old


def _middle(mass: np.ndarray) -> float:
    return float(mass @ np.arange(len(mass)) / mass.sum())


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
    for digit, share in enumerate(shares):
        axes[1].bar(digit, share, **bars(int(digit == found)))
    axes[1].set(title=f"it says {found}, {shares[found]:.0%} sure", xticks=range(10), ylim=(0, 1.05))
    text = f"A drawn digit in 28 by 28 pixels. The network says {found} and gives it a share of {shares[found]:.0%}."
    return Picture(made, text)


def draw_digit(read: Reader, example: int = 3) -> None:
    """Show a canvas whose digit `read(image) -> ten shares` reads; where nothing is live, one of the course's digits.

    Shapes: image (28, 28), float32 from 0 to 1.
    """
    from IPython.display import HTML, display

    still = Picture(*reading(as_mnist(drawn(STROKES[example])), read))
    if not live():
        display(still)
        return
    name = f"course-ink-{secrets.token_hex(6)}"
    display(HTML(_CANVAS.replace("NAME", name).replace("SIZE", str(INK)).replace("PEN", str(PEN))))
    show_widget(_panel(read, still, name), still)


def _panel(read: Reader, still: Picture, name: str) -> Any:
    """The widgets: a hidden text area that receives the ink, a button for each of the course's digits, the picture."""
    import ipywidgets

    ink = ipywidgets.Textarea(layout={"display": "none"})
    ink.add_class(name)
    picture = ipywidgets.HTML(still._repr_html_())

    def show(values: np.ndarray) -> None:
        picture.value = Picture(*reading(as_mnist(values), read))._repr_html_()

    def received(change: dict) -> None:
        values = decoded(change["new"])
        if values is not None and values.any():
            show(values)
        elif values is not None:
            picture.value = f"<p>{NOTHING_DRAWN}</p>"

    ink.observe(received, "value")
    buttons = [ipywidgets.Button(description=f"a {digit}", layout={"width": "4em"}) for digit in STROKES]
    for button, digit in zip(buttons, STROKES, strict=True):
        button.on_click(lambda _, digit=digit: show(drawn(STROKES[digit])))
    label = ipywidgets.Label("or take one of the course's:")
    return ipywidgets.VBox([ipywidgets.HBox([label, *buttons]), picture, ink])


def decoded(text: str) -> np.ndarray | None:
    """The ink behind the canvas's message, one hexadecimal figure a pixel; None for a foreign text.

    >>> decoded("f0" * (INK * INK // 2))[0, :3]
    array([1., 0., 1.])
    >>> decoded("something else")
    """
    if len(text) != INK * INK or set(text) - set(HEX):
        return None
    return np.array([HEX.index(figure) for figure in text]).reshape(INK, INK) / 15


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
