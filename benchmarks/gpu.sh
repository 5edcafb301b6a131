#!/usr/bin/env bash
# Measure the course's models on a GPU: prints one Markdown table. Without a GPU it says so and measures the CPU.
#
#   bash benchmarks/gpu.sh [--backend jax|torch|tensorflow] [--steps 20] [--batch 32]
#
# The machine needs a Python with NumPy and JAX or PyTorch (for CUDA), and no network. Keras, and what Keras wants that
# is not there, is taken from the wheels in the folder WHEELS, which is made beforehand where there is a network:
#
#   python -m pip download --only-binary :all: -d wheels --no-deps \
#       keras absl-py namex rich markdown-it-py mdurl pygments packaging h5py optree ml_dtypes
#
# (h5py, optree and ml_dtypes hold compiled code: add --python-version and --platform of that machine where they differ.)
#
# PYTHON  the Python that has the backend    PYTHON=python3.12 bash benchmarks/gpu.sh
# WHEELS  the folder with the wheels         WHEELS=/media/wheels bash benchmarks/gpu.sh
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python3}"
WHEELS="${WHEELS:-wheels}"

missing="$("$PYTHON" - << 'PY'
from importlib.util import find_spec
named = {"absl": "absl-py", "markdown_it": "markdown-it-py"}
wanted = "keras absl namex rich markdown_it mdurl pygments packaging h5py optree ml_dtypes".split()
print(*(named.get(name, name) for name in wanted if find_spec(name) is None))
PY
)"
if [ -n "$missing" ]; then
    if [ ! -d "$WHEELS" ]; then
        echo "Not installed here: $missing. Put their wheels into $WHEELS; the head of this script says how." >&2
        exit 2
    fi
    library="$(mktemp -d)"
    trap 'rm -rf "$library"' EXIT
    # shellcheck disable=SC2086  # one argument a package
    "$PYTHON" -m pip install --quiet --no-index --no-deps --find-links "$WHEELS" --target "$library" $missing
    export PYTHONPATH="$library${PYTHONPATH:+:$PYTHONPATH}"
fi
"$PYTHON" -m benchmarks.gpu "$@"
