"""An endless loop in a real kernel, as JupyterLab and Colab run it: it ends, says so, and the notebook goes on."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from jupyter_client.manager import start_new_kernel

START = "import numpy as np\nimport course_utils\nlesson = course_utils.start({lesson!r})\nlesson.seconds = 1"
LOOP = "def relu(x):\n    while True:\n        try:\n            x = x + 1\n        except:\n            pass"
TRAINS = """
import keras
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
def freeze(model_, *_):
    model.fit(np.ones((4, 1)), np.ones(4), epochs=10 ** 9, verbose=0)
"""


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def shown(client, code, seconds=150):
    """What a cell prints or shows, and how it ended."""
    texts = []

    def hear(message):
        content = message["content"]
        texts.append(content.get("text", "") + content.get("data", {}).get("text/plain", ""))

    reply = client.execute_interactive(code, output_hook=hear, timeout=seconds)
    return "".join(texts), reply["content"]["status"]


def test_an_endless_loop_ends_and_the_kernel_goes_on(kernel):
    _, client = kernel
    assert shown(client, START.format(lesson="02_activations"))[1] == "ok"
    shown(client, LOOP)
    text, status = shown(client, "lesson.check('relu')")
    assert status == "ok" and "Took too long" in text and "Which variable should change in it?" in text
    assert "It was stopped at" in text
    shown(client, "def relu(x):\n    return np.maximum(x, 0)")
    assert "Correct" in shown(client, "lesson.check('relu')")[0]


def test_the_stop_button_stops_a_check(kernel):
    manager, client = kernel
    shown(client, START.format(lesson="02_activations") + "\nlesson.seconds = 500")
    shown(client, LOOP.replace("except:", "except ValueError:"))
    client.execute("print('begun'); lesson.check('relu')", stop_on_error=False)
    while "begun" not in client.get_iopub_msg(timeout=60)["content"].get("text", ""):
        pass
    time.sleep(0.5)
    manager.interrupt_kernel()
    assert client.get_shell_msg(timeout=60)["content"]["ename"] == "KeyboardInterrupt"
    assert shown(client, "print(1 + 1)") == ("2\n", "ok")


@pytest.mark.slow
def test_training_without_end_ends_too(kernel):
    _, client = kernel
    shown(client, START.format(lesson="18_transfer_learning") + TRAINS)
    text, status = shown(client, "lesson.check('freeze')")
    assert status == "ok" and "Took too long" in text, text


def test_in_plain_python_it_ends_as_well(tmp_path):
    script = tmp_path / "answers.py"
    script.write_text(
        "\n".join([START.format(lesson="02_activations"), LOOP, "lesson.check('relu')", "print('after')"])
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "Took too long" in ran.stdout and ran.stdout.endswith("after\n")
