"""Our kernels beside Keras, textbook loops and the bare matrix products: `python -m benchmarks.kernels`.

Every variant must first give what Keras gives. Each section runs in a process of its own; the variants take turns,
with a pause before each turn, because BLAS and TensorFlow threads keep the processor busy for a while after their
work is done. Shown are medians over the rounds: of the milliseconds, and of the ratio of the two turns that a round
has of ours and of Keras, with the range of its middle half. Trust the ratios, not the milliseconds. On a busy
machine use --one-thread: threads that wait for each other while other programs have the processor spoil every
measurement.

`products` are the matrix products alone, done by NumPy's BLAS with operands ready: ours cannot be faster. OpenBLAS
chooses its instruction set by the processor; where the variable OPENBLAS_CORETYPE pins an older one, products take up
to 1.8 times as long, and TensorFlow does not care. The first lines name the processor and what OpenBLAS chose.
"""

import argparse
import multiprocessing
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import threadpoolctl

from benchmarks import loops
from course_utils import nn
from course_utils.environment import import_tensorflow

ROUNDS = 9
CALLS = 4  # in each turn
PAUSE = 0.12  # seconds

Work = Callable[[], object]
Clock = Callable[[], float]


class Row(NamedTuple):
    """One line of the table: what was done, the variants, and the most that ours may take relative to Keras."""

    name: str
    ours: Work
    keras: Work
    products: Work | None  # the matrix products alone, operands ready: no NumPy code can beat it
    loops: Work | None
    loops_factor: float  # the loops did only a part of the work: how many times more there is
    target: float
    calls: int = CALLS


def close(ours: object, theirs: object, tolerance: float = 1e-4) -> None:
    """Raise unless two results agree, in relation to their largest element."""
    error = nn.relative_error(np.asarray(ours), np.asarray(theirs))
    if error > tolerance:
        raise AssertionError(f"Ours and Keras's results differ by {error:.1e}: nothing to compare the speed of.")


def convolution(name: str, shape: tuple[int, ...], filters: int, forward: float, both: float) -> list[Row]:
    """3x3 valid convolution, float32."""
    import keras
    import tensorflow as tf

    rng = np.random.default_rng(0)
    x = rng.normal(size=shape).astype("float32")
    ours, theirs = nn.Conv2D(filters, 3, seed=0), keras.layers.Conv2D(filters, 3)
    y = ours(x)
    theirs.build(x.shape)
    theirs.set_weights(ours.get_weights())
    dy = rng.normal(size=y.shape).astype("float32")
    tensor_x, tensor_dy = tf.constant(x), tf.constant(dy)
    call = tf.function(theirs)

    @tf.function
    def keras_both(x, dy):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = theirs(x)
        return y, *tape.gradient(y, [x, *theirs.trainable_variables], output_gradients=dy)

    def ours_both():
        y = ours(x)
        return y, ours.backward(dy), *ours.gradients()

    for a, b in zip(ours_both(), keras_both(tensor_x, tensor_dy), strict=True):
        close(a, b)

    kernel, bias = ours.get_weights()
    columns = np.ascontiguousarray(nn.im2col(x, (3, 3)))
    rows_dy, flat = dy.reshape(-1, filters), kernel.reshape(-1, filters)
    small = x[:1]
    y_loops = loops.conv2d(small, kernel, bias)
    close(y_loops, y[:1])

    def products_both():
        return columns @ flat, columns.T @ rows_dy, rows_dy @ flat.T

    return [
        Row(
            f"Conv2D {name} forward",
            lambda: ours(x),
            lambda: call(tensor_x),
            lambda: columns @ flat,
            lambda: loops.conv2d(small, kernel, bias),
            shape[0],
            forward,
        ),
        Row(
            f"Conv2D {name} forward + backward",
            ours_both,
            lambda: keras_both(tensor_x, tensor_dy),
            products_both,
            lambda: (loops.conv2d(small, kernel, bias), loops.conv2d_backward(dy[:1], small, kernel)),
            shape[0],
            both,
        ),
    ]


def one_channel() -> list[Row]:
    """(64, 28, 28, 1) -> 32 filters."""
    return convolution("28x28x1 -> 32", (64, 28, 28, 1), 32, forward=1.3, both=1.0)


def many_channels() -> list[Row]:
    """(64, 13, 13, 32) -> 64 filters."""
    return convolution("13x13x32 -> 64", (64, 13, 13, 32), 64, forward=1.2, both=1.6)


def lstm() -> list[Row]:
    """N = 64, T = 200, D = 128, F = 64, all states returned, float32."""
    import keras
    import tensorflow as tf

    (n, t, d), u = (64, 200, 128), 64
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, t, d)).astype("float32")
    ours, theirs = nn.LSTM(u, return_sequences=True, seed=0), keras.layers.LSTM(u, return_sequences=True)
    y = ours(x)
    theirs.build(x.shape)
    theirs.set_weights(ours.get_weights())
    dy = rng.normal(size=y.shape).astype("float32")
    tensor_x, tensor_dy = tf.constant(x), tf.constant(dy)
    call = tf.function(theirs)

    @tf.function
    def keras_both(x, dy):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = theirs(x)
        return y, *tape.gradient(y, [x, *theirs.trainable_variables], output_gradients=dy)

    def ours_both():
        y = ours(x)
        return y, ours.backward(dy), *ours.gradients()

    for a, b in zip(ours_both(), keras_both(tensor_x, tensor_dy), strict=True):
        close(a, b)

    kernel, recurrent, bias = ours.get_weights()
    rows_x, rows_z, h = x.reshape(-1, d), np.ones((n * t, 4 * u), "float32"), np.ones((n, u), "float32")
    z = np.ones((n, 4 * u), "float32")

    def products():
        rows_x @ kernel
        for _ in range(t):
            h @ recurrent

    def products_both():
        products()
        for _ in range(t):
            z @ recurrent.T
        return rows_z @ kernel.T, rows_x.T @ rows_z, rows_x[:, :u].T @ rows_z

    steps = 5
    lists = [w.tolist() for w in (x[0, :steps], kernel, recurrent, bias)]
    close(loops.lstm(*lists), y[0, steps - 1])
    return [
        Row(
            "LSTM 64x200x128 -> 64 forward",
            lambda: ours(x),
            lambda: call(tensor_x),
            products,
            lambda: loops.lstm(*lists),
            n * t / steps,
            1.0,
        ),
        Row(
            "LSTM 64x200x128 -> 64 forward + backward",
            ours_both,
            lambda: keras_both(tensor_x, tensor_dy),
            products_both,
            None,
            1,
            1.25,
        ),
    ]


def mlp() -> list[Row]:
    """784-128-10, Adam, 10,000 samples in batches of 32, one epoch."""
    import keras

    samples = 10_000
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, samples)
    x = np.clip(rng.normal(size=(10, 784))[labels] * 0.3 + rng.uniform(0, 1, (samples, 784)), 0, 1).astype("float32")
    ours = nn.Sequential([nn.Dense(128, activation="relu"), nn.Dense(10, activation="softmax")], seed=0)
    ours.build(x.shape)
    ours.compile("adam", "sparse_categorical_crossentropy", ["accuracy"])
    theirs = nn.to_keras(ours)
    theirs.compile("adam", keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    few = slice(0, 640)
    ours.fit(x[few], labels[few], shuffle=False, verbose=0)
    theirs.fit(x[few], labels[few], batch_size=32, shuffle=False, verbose=0)
    # Adam makes whole steps of gradients that are nearly 0, rounding errors included: so no closer than this
    close(ours.predict(x), theirs.predict(x, verbose=0), 0.02)

    w1, b1, w2, b2 = ours.get_weights()
    batch, h, dz1, dz2 = (
        x[:32],
        np.ones((32, 128), "float32"),
        np.ones((32, 128), "float32"),
        np.ones((32, 10), "float32"),
    )

    def products():
        for _ in range(samples // 32):
            batch @ w1, h @ w2, batch.T @ dz1, h.T @ dz2, dz2 @ w2.T

    lists = [w.tolist() for w in (w1, b1, w2, b2)]
    sample, label = x[0].tolist(), int(labels[0])

    def one_sample():
        w1, b1, w2, b2 = lists
        z1 = loops.dense(sample, w1, b1)
        h = [max(z, 0.0) for z in z1]
        _, (dz2,) = loops.softmax_crossentropy([label], [loops.dense(h, w2, b2)])
        dh, _ = loops.dense_backward(dz2, h, w2)
        return loops.dense_backward([d * (z > 0) for d, z in zip(dh, z1, strict=True)], sample, w1)

    return [
        Row(
            "MLP 784-128-10, Adam, epoch of 10,000",
            lambda: ours.fit(x, labels, verbose=0),
            lambda: theirs.fit(x, labels, batch_size=32, verbose=0),
            products,
            one_sample,
            samples,
            0.25,
            calls=1,
        )
    ]


def cross_entropy() -> list[Row]:
    """Loss and gradient of sparse softmax cross-entropy on logits; Keras compiled by XLA, its fastest form."""
    import keras
    import tensorflow as tf

    rows = []
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function(jit_compile=True)
    def keras_both(y, z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            value = loss(y, z)
        return value, tape.gradient(value, z)

    for n, k in [(32, 10), (256, 1000), (4096, 1000)]:
        rng = np.random.default_rng(0)
        z, y = (3 * rng.normal(size=(n, k))).astype("float32"), rng.integers(0, k, n).astype("int32")
        tensor_z, tensor_y = tf.constant(z), tf.constant(y)
        for a, b in zip(nn.softmax_crossentropy(y, z), keras_both(tensor_y, tensor_z), strict=True):
            close(a, b)
        part = min(n, 32)
        lists = y[:part].tolist(), z[:part].tolist()
        rows.append(
            Row(
                f"softmax cross-entropy {n}x{k} (Keras: XLA)",
                lambda y=y, z=z: nn.softmax_crossentropy(y, z),
                lambda y=tensor_y, z=tensor_z: keras_both(y, z),
                None,
                lambda lists=lists: loops.softmax_crossentropy(*lists),
                n / part,
                1.2,
                calls=20 if n * k < 1e6 else CALLS,
            )
        )
    return rows


def adam() -> list[Row]:
    """One step on 1,000,000 parameters."""
    import keras
    import tensorflow as tf

    size = 1_000_000
    rng = np.random.default_rng(0)
    w, g = rng.normal(size=(2, size)).astype("float32")
    ours, theirs = nn.Adam(), keras.optimizers.Adam()
    variable, tensor_g = keras.Variable(w), tf.constant(g)
    theirs.build([variable])
    step = tf.function(lambda g: theirs.apply([g], [variable]))
    ours.apply([g], [w])
    step(tensor_g)
    close(w, variable.numpy())
    part = 10_000
    lists = [g[:part].tolist() for _ in range(4)]
    lists[3] = [abs(v) for v in lists[3]]
    return [
        Row(
            "Adam step, 1,000,000 parameters",
            lambda: ours.apply([g], [w]),
            lambda: step(tensor_g),
            None,
            lambda: loops.adam(*lists, t=1),
            size / part,
            1.0,
        )
    ]


SECTIONS: dict[str, Callable[[], list[Row]]] = {
    "conv1": one_channel,
    "conv32": many_channels,
    "lstm": lstm,
    "mlp": mlp,
    "xent": cross_entropy,
    "adam": adam,
}


ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")


def seconds(work: Work, calls: int, clock: Clock) -> float:
    """The mean time of a call, over one turn of `calls`."""
    start = clock()
    for _ in range(calls):
        work()
    return (clock() - start) / calls


def measure(row: Row, clock: Clock) -> str:
    """The row's line of the table."""
    variants = {"ours": row.ours, "keras": row.keras, "products": row.products}
    turns: dict[str, list[float]] = {name: [] for name, work in variants.items() if work}
    for name in turns:
        seconds(variants[name], 1, clock)
    for _ in range(ROUNDS):
        for name in turns:
            time.sleep(PAUSE)
            turns[name].append(seconds(variants[name], row.calls, clock))
    ms = {name: 1000 * float(np.median(values)) for name, values in turns.items()}
    ms["loops"] = 1000 * seconds(row.loops, 1, clock) * row.loops_factor if row.loops else None
    low, ratio, high = np.percentile(np.divide(turns["ours"], turns["keras"]), [25, 50, 75])
    columns = [
        f"{ms[name]:>12,.2f}" if ms.get(name) else f"{'-':>12}" for name in ("ours", "keras", "products", "loops")
    ]
    verdict = "reached" if ratio <= row.target else "MISSED"
    return f"{row.name:<44}{''.join(columns)}{ratio:>9.2f} ({low:.2f}-{high:.2f})   <= {row.target:<5.2f}{verdict}"


def processor() -> str:
    """The processor's name as it gives it itself, which Python's `platform` does not know on Linux."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def blas() -> str:
    """NumPy's matrix library, and the processor whose instructions it uses."""
    found = [library for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]
    return ", ".join(f"{b['internal_api']} {b['version']} for {b.get('architecture', '?')}" for b in found) or "unknown"


def run(section: str, one_thread: bool) -> None:
    """Measure and print one section; of one thread the processor's time counts, which others do not lengthen."""
    import_tensorflow()
    for row in SECTIONS[section]():
        print(measure(row, time.process_time if one_thread else time.perf_counter), flush=True)


def main() -> None:
    """Print the whole table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", help=f"only these of {', '.join(SECTIONS)} (default: all)")
    parser.add_argument("--one-thread", action="store_true", help="one thread each, and processor time")
    arguments = parser.parse_args()
    chosen = arguments.sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"there is no section {', '.join(sorted(unknown))}; choose from {', '.join(SECTIONS)}")
    threads = "one thread" if arguments.one_thread else "all threads"
    if arguments.one_thread:
        os.environ.update(ONE_THREAD)
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    pinned = " (pinned)" if "OPENBLAS_CORETYPE" in os.environ else ""
    print(f"{processor()}, {os.cpu_count()} cores, {threads}; {blas()}{pinned}")
    print(f"NumPy {np.__version__}, Python {platform.python_version()}; medians of {ROUNDS} rounds, in milliseconds")
    print(f"{'':<44}{'ours':>12}{'Keras':>12}{'products':>12}{'loops*':>12}{'ours/Keras':>11}{'target':>20}")
    context = multiprocessing.get_context("spawn")
    failed = []
    for section in chosen:
        process = context.Process(target=run, args=(section, arguments.one_thread))
        process.start()
        process.join()
        if process.exitcode:
            failed.append(section)
    print("* scaled up from a part of the work")
    if failed:
        raise SystemExit(f"These sections failed, see above: {', '.join(failed)}")


if __name__ == "__main__":
    main()
