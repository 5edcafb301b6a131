"""What may pass from a student's notebook into a page: escaped text, cleaned HTML, PNG images stripped to pixels."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
import struct
import zlib
from functools import lru_cache
from html import escape

import mistune
import nh3

from autograder.reporting.plain import CONTROL, clean_text

MAX_HTML = 100_000
MAX_IMAGE = 3_000_000  # bytes
MAX_PIXELS = 4_000  # a side
PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")  # pixels and palette; no text, no profiles
TAG = re.compile(r"<(/?)[a-zA-Z]")
# HTML, but for tags that can do nothing, or a link to who knows what.
UNTAMED = re.compile(r"<(?!/?(?:details|summary|b|i|sub|sup)>|br>)[a-zA-Z/!?]|\][(:]\s*(?!https?://|mailto:|#)")
BLANK_LINES = re.compile(r"\n\s*\n")  # Markdown takes what follows one for text again
MAX_NESTING = 200  # a parser takes minutes for thousands

_TEXT_TAGS = {"a", "abbr", "b", "br", "code", "del", "em", "i", "kbd", "s", "samp", "span", "strong", "sub", "sup"}
_BLOCK_TAGS = {"blockquote", "details", "div", "hr", "img", "p", "pre", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
_LIST_TAGS = {"dd", "dl", "dt", "li", "ol", "ul", "caption", "table", "tbody", "td", "th", "thead", "tr"}
_TAGS = _TEXT_TAGS | _BLOCK_TAGS | _LIST_TAGS
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"alt", "title", "src"}, "td": {"colspan"}, "th": {"colspan", "scope"}}
_markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "math"])


def clean_html(html: str) -> str:
    """HTML with an allow-list of tags: no scripts, no styles, no forms, no images from elsewhere."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "data"},
        attribute_filter=_attribute,
        link_rel="noopener noreferrer",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if clean_data_url(value) else None
    address = re.sub(r"[\x00-\x20]", "", value).lower()  # browsers pass over these
    return None if name == "href" and address.startswith("data:") else value


@lru_cache(maxsize=2_000)  # most of the text is the lesson's own, the same for every student
def markdown(text: str) -> str:
    """Markdown as cleaned HTML; as it is where it hides too deep a nesting."""
    if _nesting(text) > MAX_NESTING:
        return pre(text)
    return clean_html(str(_markdown(CONTROL.sub("", text[:MAX_HTML]))))


def tame(text: str) -> str:
    """Markdown for pages that others make of it, such as formgrader's: where it holds HTML or odd links, cleaned HTML.

    >>> tame("a *word*"), tame("a *word*<script>x</script>").strip()
    ('a *word*', '<p>a <em>word</em></p>')
    """
    return BLANK_LINES.sub("\n<!-- -->\n", markdown(text)) if UNTAMED.search(text) else text


def clean_png(data: bytes) -> bytes | None:
    """The same picture with only the chunks that hold its pixels; None when it is no plain PNG.

    Nothing is decoded here, so that a hostile picture meets no image library.
    """
    if len(data) > MAX_IMAGE or not data.startswith(PNG):
        return None
    kept, place, names = [PNG], len(PNG), []
    while place + 12 <= len(data) and (not names or names[-1] != b"IEND"):
        (length,) = struct.unpack_from(">I", data, place)
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        if len(body) != length or checksum != struct.pack(">I", zlib.crc32(name + body)):
            return None
        if name == b"IHDR" and not (length == 13 and all(0 < n <= MAX_PIXELS for n in struct.unpack_from(">II", body))):
            return None
        if name in PNG_CHUNKS:
            kept.append(data[place : place + 12 + length])
            names.append(name)
        place += 12 + length
    complete = names[:1] == [b"IHDR"] and names[-1:] == [b"IEND"] and b"IDAT" in names and names.count(b"IHDR") == 1
    return b"".join(kept) if complete else None


def clean_base64_png(text: object) -> str | None:
    """A PNG in base64, cleaned; None when it is none."""
    if not isinstance(text, str) or len(text) > 2 * MAX_IMAGE:
        return None
    try:
        png = clean_png(base64.b64decode(re.sub(r"\s", "", text), validate=True))
    except (binascii.Error, ValueError):
        return None
    return None if png is None else base64.b64encode(png).decode("ascii")


def clean_data_url(url: str) -> bool:
    """Whether a URL is a PNG in itself."""
    head, _, body = url.partition(",")
    return head.strip().lower() == "data:image/png;base64" and clean_base64_png(body) is not None


def clean_outputs(outputs: list[dict]) -> list[dict]:
    """nbformat outputs of a student's cell, fit for a page: streams, errors, text, PNG, cleaned HTML."""
    return [clean for output in outputs if isinstance(output, dict) for clean in [_clean_output(output)] if clean]


def _clean_output(output: dict) -> dict | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": clean_text(_joined(output.get("text", "")))}
    if kind == "error":
        lines = output.get("traceback")
        lines = [clean_text(line, 2_000) for line in lines[-30:]] if isinstance(lines, list) else []
        name, value = clean_text(output.get("ename", ""), 200), clean_text(output.get("evalue", ""), 2_000)
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": lines}
    if kind not in ("display_data", "execute_result"):
        return None
    data = _clean_bundle(output.get("data") if isinstance(output.get("data"), dict) else {})
    extra = {"execution_count": None} if kind == "execute_result" else {}
    return {"output_type": kind, "data": data, "metadata": {}, **extra} if data else None


def _clean_bundle(bundle: dict) -> dict[str, str]:
    data = {}
    if "text/plain" in bundle:
        data["text/plain"] = clean_text(_joined(bundle["text/plain"]))
    html = CONTROL.sub("", _joined(bundle["text/html"]))[:MAX_HTML] if "text/html" in bundle else ""
    if html and _nesting(html) <= MAX_NESTING:
        data["text/html"] = clean_html(html)
    png = clean_base64_png(_joined(bundle["image/png"])) if "image/png" in bundle else None
    return {**data, "image/png": png} if png else data


def _nesting(html: str) -> int:
    """How deep elements lie in one another, if each is closed.

    >>> _nesting("<table><tr><td>1</td></tr></table>"), _nesting("<b>" * 1_000)
    (3, 1000)
    """
    depths = itertools.accumulate(-1 if closing else 1 for closing in TAG.findall(html))
    return max(depths, default=0)


def _joined(text: object) -> str:
    return "".join(str(line) for line in text) if isinstance(text, list) else str(text)


def pre(text: object) -> str:
    """Text as it is, in a `pre` element."""
    return f"<pre>{escape(clean_text(text))}</pre>"
