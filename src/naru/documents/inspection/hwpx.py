"""HWPX: password, scripts, embedded objects, and the words of every paragraph whole."""

from collections.abc import Mapping
from xml.parsers import expat

from naru.documents.inspection.markup import DefinitionError, elements, words
from naru.documents.inspection.packages import foreign_parts, unpacked
from naru.documents.inspection.report import Report
from naru.documents.inspection.scripts import does_something

BLOCKS = frozenset({"p", "meta", "title", "li"})
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = frozenset({"encryption-data", "EncryptedData"})


def read(content: bytes, report: Report) -> None:
    """Judge the package, its scripts and its words."""
    parts = unpacked(content, report)
    if parts is None:
        return
    try:
        if _locked(parts):
            report.refuse("file_encrypted")
            return
        _contents(parts, report)
    except DefinitionError:
        report.refuse("file_dtd")
    except expat.ExpatError:
        report.refuse("file_damaged", kind="hwpx")


def _locked(parts: Mapping[str, bytes]) -> bool:
    names = (name for name, _ in elements(parts.get(MANIFEST, b"<manifest/>")))
    return any(name in ENCRYPTED for name in names)


def _contents(parts: Mapping[str, bytes], report: Report) -> None:
    if any(foreign_parts(parts)):
        report.refuse("file_embedded")
    sections = 0
    for name, body in parts.items():
        if name.startswith("Scripts/"):
            if does_something(_decoded(body)):
                report.refuse("file_script")
        elif name.startswith("Preview/") and name.endswith(".txt"):
            report.text("preview", _decoded(body))
        elif name.endswith((".xml", ".hpf", ".rdf")):
            sections += "section" in name
            report.text(_place(name), words(body, blocks=BLOCKS))
    if not sections:
        report.refuse("file_damaged", kind="hwpx")


def _decoded(body: bytes) -> str:
    """Text parts come in UTF-8, or in UTF-16 as the word processor keeps scripts."""
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", errors="replace")
    if body[1::2].count(0) * 4 > len(body):
        return body.decode("utf-16-le", errors="replace")
    return body.decode("utf-8", errors="replace")


def _place(name: str) -> str:
    if "section" in name:
        return name.rpartition("/")[2].removesuffix(".xml")
    return "metadata"
