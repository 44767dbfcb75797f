"""XLSX: macros, embedded objects, links to other files, and the words of every part."""

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from naru.documents.inspection.markup import DefinitionError, elements, words
from naru.documents.inspection.packages import foreign_parts, unpacked
from naru.documents.inspection.report import Report

BLOCKS = frozenset(
    {"si", "c", "v", "is", "comment", "text", "f", "p", "oddHeader", "oddFooter", "definedName", "lpstr"}
)
MACROS = ("vbaproject", "vbadata", "macrosheet", "macroenabled", "activex")
EMBEDDED = ("xl/embeddings/", "oleobject")
LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
HYPERLINK = "/hyperlink"
DATA_LINKS = ("externallink", "connections", "querytable")
CONTENT_TYPES = "[Content_Types].xml"


def read(content: bytes, report: Report) -> None:
    """Judge the package, its relations and its words."""
    parts = unpacked(content, report)
    if parts is None:
        return
    _named(parts, report)
    try:
        _typed(parts, report)
        _related(parts, report)
        for name, body in parts.items():
            if name.endswith((".xml", ".rels", ".vml")):
                report.text(_place(name), words(body, blocks=BLOCKS))
    except DefinitionError:
        report.refuse("file_dtd")
    except expat.ExpatError:
        report.refuse("file_damaged", kind="xlsx")


def _named(parts: Mapping[str, bytes], report: Report) -> None:
    for name in parts:
        lowered = name.lower()
        if any(word in lowered for word in MACROS):
            report.refuse("file_macro")
        if lowered.startswith(EMBEDDED[0]):
            report.refuse("file_embedded")
        if lowered.startswith(LINKS):
            report.refuse("file_external_link")
    if any(foreign_parts({name: body for name, body in parts.items() if "vbaproject" not in name.lower()})):
        report.refuse("file_embedded")


def _typed(parts: Mapping[str, bytes], report: Report) -> None:
    """A part is what its content type says, whatever its name."""
    for _, attributes in elements(parts.get(CONTENT_TYPES, b"<Types/>")):
        declared = attributes.get("ContentType", "").lower()
        if any(word in declared for word in MACROS):
            report.refuse("file_macro")
        if "oleobject" in declared:
            report.refuse("file_embedded")


def _related(parts: Mapping[str, bytes], report: Report) -> None:
    """A relation names a part's role; one outside the file is refused unless somebody must click it."""
    for relation in _relations(parts):
        role = relation.get("Type", "").lower()
        if any(word in role for word in MACROS):
            report.refuse("file_macro")
        if EMBEDDED[1] in role or role.endswith("/package"):
            report.refuse("file_embedded")
        outside = relation.get("TargetMode", "").lower() == "external" and not role.endswith(HYPERLINK)
        if outside or any(word in role for word in DATA_LINKS):
            report.refuse("file_external_link")


def _relations(parts: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    for name, body in parts.items():
        if name.endswith(".rels"):
            yield from (attributes for element, attributes in elements(body) if element == "Relationship")


def _place(name: str) -> str:
    return "metadata" if name.startswith("docProps/") else name.rpartition("/")[2].rpartition(".")[0] or name
