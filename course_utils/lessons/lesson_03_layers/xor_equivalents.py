"""Why changes of the numbers of a right network leave it right; `course prove` asks for it."""

from .xor_layers import xor_layers

for piece in (
    "[([[1, 1], [1, 1]], [0, -1]), ([[2], [-4]], [-1])]",
    "[(np.array([[1, -1], [-1, 1]]), np.array([0, 0])), (np.array([[1], [1]]), np.array([0]))]",
    "[(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.array([-0.5]))]",
    "[(np.ones((2, 2)), np.array([0.0, -1.0])), keep, (np.array([[1.0], [-2.0]]), np.zeros(1))]",
    "[-0.5]",
    "[-0.6]",
    "[-1, 1]",
    "[-1]",
    "[-2.0]",
    "[-4]",
    "[0.3]",
    "[1, -1]",
    "[1.0]",
    "[1]",
    "[[1, -1], [-1, 1]]",
    "np.array([-0.5])",
    "np.array([0, 0])",
    "np.array([0.0, -0.1])",
    "np.array([0.0, -1.0])",
    "np.array([0.0])",
    "np.array([0])",
    "np.array([[0.3], [-0.6]])",
    "np.array([[1, -1], [-1, 1]])",
    "np.array([[1.0, 1.0], [1.0, 1.0]])",
    "np.array([[1.0], [-2.0]])",
    "np.array([[1], [1]])",
    "np.ones((2, 2))",
    "np.zeros(1)",
    "np.zeros(2)",
):
    xor_layers.equivalent(piece, why="every network that says XOR at all four corners is right, whatever its numbers")
