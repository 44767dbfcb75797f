"""Walk the objects of a PDF: what acts, what is embedded, and the words outside the pages.

Every object is written out by qpdf first (names in their plain spelling), and only those with a word of
interest are walked in Python; a long PDF has a hundred thousand objects.
"""

import re
from collections.abc import Iterator

import pikepdf

from naru.documents.inspection.report import Report

MAX_DEPTH = 60
SCRIPTS = frozenset({"/JS"})
# action types that leave the document; GoTo, GoToR within a viewer, Named and URI only move or show
ACTIONS = frozenset(
    {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Movie", "/Sound", "/Rendition", "/RichMediaExecute"}
)
MEDIA = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
EMBEDDED = frozenset({"/EF", "/EmbeddedFiles"})
SPOKEN = frozenset(
    {
        "/V",
        "/DV",
        "/Contents",
        "/RC",
        "/RV",
        "/T",
        "/TU",
        "/Alt",
        "/ActualText",
        "/Title",
        "/Author",
        "/Subject",
        "/Keywords",
        "/Creator",
        "/Opt",
        "/NM",
        "/Subj",
        "/CA",
    }
)
WANTED = re.compile(
    rb"/(?:JS|JavaScript|XFA|Launch|SubmitForm|ImportData|GoToE|Movie|Sound|Rendition|RichMedia\w*|3D|Screen"
    rb"|EF|EmbeddedFiles?|FileAttachment|V|DV|Contents|RC|RV|TU?|Alt|ActualText|Title|Author|Subject|Keywords"
    rb"|Creator|Opt|NM|Subj|CA)\b"
)


class Walk:
    """One pass over a document, telling a report what it meets."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def visit(self, thing: pikepdf.Object) -> None:
        """Look at one numbered object and what is written inside it."""
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if WANTED.search(thing.unparse(resolved=True)):
            for name, value in _pairs(thing, 0):
                self._pair(name, value)

    def trailer(self, trailer: pikepdf.Object) -> None:
        """The document's information stands beside the trailer, sometimes inside it."""
        info = trailer.get("/Info")
        if isinstance(info, pikepdf.Dictionary):
            self._say(
                "\n".join(
                    str(value) for value in info.as_dict().values() if isinstance(value, pikepdf.String)
                )
            )

    def _pair(self, name: str, value: object) -> None:
        if name in SCRIPTS:
            self.report.refuse("file_script")
        elif name == "/XFA":
            self.report.refuse("file_action", action="XFA")
        elif name in EMBEDDED:
            if not isinstance(value, pikepdf.Dictionary) or _filled(value):
                self.report.refuse("file_embedded")
        elif isinstance(value, pikepdf.Name):
            self._typed(name, str(value))
        elif name in SPOKEN and isinstance(value, pikepdf.String):
            self._say(str(value))
        elif name in SPOKEN and isinstance(value, pikepdf.Array):
            self._say("\n".join(str(part) for part in value if isinstance(part, pikepdf.String)))

    def _typed(self, name: str, value: str) -> None:
        if name == "/S" and value == "/JavaScript":
            self.report.refuse("file_script")
        elif (name == "/S" and value in ACTIONS) or (name == "/Subtype" and value in MEDIA):
            self.report.refuse("file_action", action=value.removeprefix("/"))
        elif (name, value) in {("/Type", "/EmbeddedFile"), ("/Subtype", "/FileAttachment")}:
            self.report.refuse("file_embedded")

    def _say(self, words: str) -> None:
        self.report.text("metadata", words)


def _filled(tree: pikepdf.Dictionary) -> bool:
    """Whether a name tree has an entry; an editor leaves empty ones behind."""
    return any(len(tree[key]) for key in ("/Names", "/Kids") if isinstance(tree.get(key), pikepdf.Array))


def _pairs(thing: object, depth: int) -> Iterator[tuple[str, object]]:
    """Every key and value written inside an object; numbered objects are met on their own."""
    if depth > MAX_DEPTH:  # deeper than any honest object: something is being hidden
        raise ValueError("an object is nested too deeply")
    if isinstance(thing, pikepdf.Dictionary):
        for name, value in thing.as_dict().items():
            yield name, value
            if not getattr(value, "is_indirect", False):
                yield from _pairs(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                yield from _pairs(value, depth + 1)
