"""Make reviews_sample.tsv.xz: movie-review sentences with mean human ratings, from vaderSentiment's sdist.

    python -m course_utils.data.make_reviews_sample      (needs pip)

Each line holds: train or test, the mean rating from -4 (most negative) to 4 (most positive), the sentence.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import tarfile
from pathlib import Path

from course_utils.environment.files import write_file

from .packages import archive_of, made

PACKAGE = "vaderSentiment==3.3.2"
PACKAGE_SHA256 = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
INNER_ARCHIVE = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
SENTENCES = "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt"
SAMPLE = Path(__file__).with_name("reviews_sample.tsv.xz")
TEST_SHARE = 0.2


def read_sentences(package: Path) -> list[tuple[float, str]]:
    """The (mean rating, sentence) pairs in the archive inside the package's archive."""
    with tarfile.open(package) as outer:
        inner = outer.extractfile(INNER_ARCHIVE)
        with tarfile.open(fileobj=io.BytesIO(inner.read())) as archive:
            text = archive.extractfile(SENTENCES).read().decode("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    return [(float(rating), " ".join(sentence.split())) for _, rating, sentence in rows]


def split(pairs: list[tuple[float, str]]) -> list[tuple[str, float, str]]:
    """(part, rating, sentence) rows with the same share of positive ones in training and test.

    Sentences are ordered by their SHA-256, which looks random and is the same everywhere.
    """
    rows = []
    for positive in (False, True):
        ordered = sorted((p for p in pairs if (p[0] > 0) == positive), key=lambda p: _fingerprint("split", p[1]))
        n_test = round(TEST_SHARE * len(ordered))
        rows += [("test" if i < n_test else "train", *pair) for i, pair in enumerate(ordered)]
    return sorted(rows, key=lambda row: _fingerprint("order", row[2]))


def _fingerprint(purpose: str, sentence: str) -> bytes:
    return hashlib.sha256((purpose + sentence).encode()).digest()


def main() -> None:
    """Fetch the package, check it, and write the sample."""
    with archive_of(PACKAGE, PACKAGE_SHA256) as package:
        rows = split(read_sentences(package))
    text = "".join(f"{part}\t{rating:.4f}\t{sentence}\n" for part, rating, sentence in rows)
    write_file(SAMPLE, lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(made(SAMPLE, f"{len(rows):,} sentences"))


if __name__ == "__main__":
    main()
