"""Convolution works on a few images at a time; how many of them there are must not show in the result."""

import importlib

import numpy as np
import pytest

from course_utils import nn

conv = importlib.import_module("course_utils.nn.conv2d")


@pytest.mark.parametrize("channels", [1, 8])
@pytest.mark.parametrize("images", [1, 5, 6, 13])
def test_blocks_of_images_give_what_one_block_gives(channels, images, monkeypatch):
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(images, 6, 7, channels)), rng.normal(size=(3, 2, channels, 4))
    bias = rng.normal(size=4)
    results = []
    for at_a_time in (1000, 5):
        monkeypatch.setattr(conv, "IMAGES", at_a_time)
        kept = []
        y = nn.conv2d(x, kernel, bias, (2, 1), "same", kept)
        assert len(kept) == -(-images // at_a_time)
        results.append([y, *nn.conv2d_backward(y, x, kernel, (2, 1), "same", kept)])
        results.append([y, *nn.conv2d_backward(y, x, kernel, (2, 1), "same")])
    for result in results[1:]:
        for one, other in zip(results[0], result, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-10)
