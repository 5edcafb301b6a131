"""Who may import whom. The rooms of the house, from the ground up; ARCHITECTURE.md says why."""

from __future__ import annotations

import graphlib

import pytest

from tests.house.source import graph, modules

# A room: the rooms of course_utils that it may use beside itself, and libraries that it must not import.
ROOMS = {
    "course_utils.nn": (set(), {"IPython", "matplotlib", "tensorflow"}),
    "course_utils.environment": ({"course_utils"}, {"IPython", "matplotlib"}),  # the package itself: its version
    "course_utils.data": ({"course_utils.environment"}, {"IPython", "matplotlib"}),
    "course_utils.plots": ({"course_utils.nn", "course_utils.environment"}, set()),
    "course_utils.exercises": (
        {"course_utils.nn", "course_utils.environment", "course_utils.aliases"},
        {"IPython", "matplotlib", "keras", "tensorflow"},
    ),
    "course_utils.lessons": (
        {"course_utils.nn", "course_utils.environment", "course_utils.data", "course_utils.plots"}
        | {"course_utils.exercises"},
        set(),
    ),
    "course_utils.notebook": (
        {f"course_utils.{room}" for room in ("nn", "environment", "data", "plots", "exercises", "lessons")}
        | {"course_utils"},  # its version
        set(),
    ),
}
# autograder: each may import from those before it, and from itself.
LAYERS = (
    ("errors", "files", "cells", "version", "lean", "missing", "consoles"),
    ("course", "submitted", "workspace"),
    ("assignment", "results", "notebook_file", "timestamps"),
    ("marks",),
    ("source",),
    ("handed_in",),
    ("submission",),
    ("runner",),
    ("judge",),
    ("records",),
    ("reporting",),
    ("grading", "build", "prove", "rattle"),
    ("selfcheck", "demo_class", "doctor", "tracing", "lab", "new_course"),
    ("certificate",),
    ("commands",),
    ("cli",),
)
PLACE = {name: place for place, names in enumerate(LAYERS) for name in names}
KERAS_KERNELS = {"course_utils.nn.keras_bridge"}
RUNNER_MAY_USE = {"course_utils.lessons"} | {
    f"course_utils.exercises.{name}"
    for name in ("answer", "frozen", "program_text", "sealed", "stand_in", "time_limit", "unread")
}


def room(module: str) -> str:
    """The room of course_utils that a module lies in."""
    return ".".join(module.split(".")[:2])


def lesson(module: str) -> str:
    """The lesson that a module belongs to, or nothing."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "lessons" else ""


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_uses_only_those_below_it(name):
    below, foreign = ROOMS[name]
    for module, used in graph().items():
        if room(module) == name:
            ours = {room(u) for u in used if u.split(".")[0] == "course_utils"} - {name}
            assert ours <= below, f"{module} imports {ours - below}"
            libraries = {u.split(".")[0] for u in used} & foreign
            assert not libraries, f"{module} imports {libraries}"


def test_every_room_has_a_rule():
    rooms = {room(module) for module in graph() if module.startswith("course_utils.")}
    assert rooms - {"course_utils.aliases"} == set(ROOMS)


def test_kernels_need_numpy_alone():
    for module, used in graph().items():
        if room(module) == "course_utils.nn":
            libraries = {u.split(".")[0] for u in used} & {"numpy", "scipy", "keras", "tensorflow", "sklearn"}
            assert libraries <= {"numpy"} | ({"keras"} if module in KERAS_KERNELS else set()), (module, libraries)


def test_every_part_of_the_autograder_has_a_layer():
    assert {module.split(".")[1] for module in graph() if module.startswith("autograder.")} == set(PLACE)


@pytest.mark.parametrize("module", [name for name in graph() if name.startswith("autograder.")])
def test_the_autograder_is_built_in_layers(module):
    mine = module.split(".")[1]
    for used in graph()[module]:
        if used.startswith("autograder."):
            theirs = used.split(".")[1]
            assert theirs == mine or PLACE[theirs] < PLACE[mine], f"{module} imports {used}"


def test_no_lesson_imports_another():
    for module, used in graph().items():
        others = {lesson(u) for u in used} - {"", lesson(module)}
        assert not (lesson(module) and others), f"{module} imports {others}"


def test_the_course_never_imports_the_autograder():
    for module, used in graph().items():
        if module.startswith("course_utils"):
            assert not {u for u in used if u.split(".")[0] == "autograder"}, module


def test_where_student_code_runs_little_of_the_course_is_known():
    for module, used in graph().items():
        if module.startswith("autograder.runner"):
            assert {u for u in used if u.startswith("course_utils")} <= RUNNER_MAY_USE, module


def test_there_are_no_circles():
    known = modules()
    edges = {module: {u for u in used if u in known and u != module} for module, used in graph().items()}
    try:
        graphlib.TopologicalSorter(edges).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_a_circle_would_be_found():
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
