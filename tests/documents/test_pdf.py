"""PDF: what acts, embeds, hides or is locked is refused; what an honest document has is not."""

import io

import pikepdf
import pytest
from inspecting import codes, facts, inspected, notes
from made_files import PDF, pdf
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Permissions, String

PERSON = "900101-1234568"


def script(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def script_stream(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))


def named_script(document):
    tree = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("x"))]))
    document.Root.Names = Dictionary(JavaScript=document.make_indirect(tree))


def page_script(document):
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("x")))


def field_script(document):
    field = Dictionary(T="f", FT=Name.Tx, AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("x"))))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def chained_script(document):
    following = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Dictionary(S=Name.JavaScript, JS="x"))
    document.Root.OpenAction = following


@pytest.mark.parametrize(
    "change", [script, script_stream, named_script, page_script, field_script, chained_script]
)
@pytest.mark.parametrize("objects", ["generate", "disable"])
def test_a_script_is_refused_wherever_it_hangs(change, objects):
    content = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode[objects])
    assert codes(content, "pdf") == ["file_script"]


def test_a_script_whose_name_is_spelled_with_escapes_is_found():
    content = pdf(script, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=False)
    hidden = content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
    assert hidden != content
    assert codes(hidden, "pdf") == ["file_script"]


def action(kind, **more):
    def change(document):
        document.Root.OpenAction = Dictionary(S=Name("/" + kind), **more)

    return change


@pytest.mark.parametrize(
    "kind", ["Launch", "SubmitForm", "ImportData", "GoToE", "Movie", "Sound", "Rendition"]
)
def test_an_action_that_leaves_the_document_is_refused_and_named(kind):
    assert facts(pdf(action(kind, F="cmd.exe")), "pdf") == {"file_action": {"action": kind}}


def annotation(**more):
    def change(document):
        made = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **more)
        document.pages[0].Annots = Array([document.make_indirect(made)])

    return change


@pytest.mark.parametrize("media", ["RichMedia", "3D", "Movie", "Sound", "Screen"])
def test_media_that_plays_is_refused(media):
    assert facts(pdf(annotation(Subtype=Name("/" + media))), "pdf") == {"file_action": {"action": media}}


def xfa(document):
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))


def test_a_dynamic_form_is_refused():
    assert facts(pdf(xfa), "pdf") == {"file_action": {"action": "XFA"}}


def attached(document):
    document.attachments["macro.doc"] = b"anything"


def file_annotation(document):
    stream = document.make_stream(b"anything", Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary(F=stream))
    annotation(Subtype=Name.FileAttachment, FS=spec)(document)


def associated(document):
    stream = document.make_stream(b"<invoice/>", Type=Name.EmbeddedFile)
    document.Root.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=stream))])


@pytest.mark.parametrize("change", [attached, file_annotation, associated])
def test_an_embedded_file_is_refused(change):
    assert codes(pdf(change), "pdf") == ["file_embedded"]


def emptied(document):
    document.attachments["note.txt"] = b"x"
    del document.attachments["note.txt"]


def bookmarks(document):
    document.add_blank_page()
    with document.open_outline() as outline:
        outline.root.extend([OutlineItem("첫 장", 0), OutlineItem("둘째 장", 1)])
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[1].obj, Name.Fit]))


def link(document):
    annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://example.test/"))(document)


def archival(document):
    with document.open_metadata() as metadata:
        metadata["dc:title"] = "확인서"
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"


def form(document):
    field = Dictionary(T="이름", FT=Name.Tx, V="가상", Type=Name.Annot, Subtype=Name.Widget)
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def talks_of_scripts(document):
    document.docinfo["/Title"] = "How to write /JavaScript and /JS and /Launch in a PDF"


@pytest.mark.parametrize("change", [None, emptied, bookmarks, link, archival, form, talks_of_scripts])
def test_what_honest_documents_have_is_not_refused(change):
    for options in ({}, {"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}):
        assert codes(pdf(change, **options), "pdf") == []


@pytest.mark.filterwarnings("ignore:Encryption R=5")
@pytest.mark.parametrize("revision", [2, 3, 4, 5, 6])
def test_a_password_to_open_is_refused_in_every_revision(revision):
    plain = {"aes": False, "metadata": False} if revision < 4 else {}
    locked = pdf(encryption=Encryption(user="user", owner="owner", R=revision, **plain))
    assert codes(locked, "pdf") == ["file_encrypted"]


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_document_that_only_restricts_printing_is_looked_into_and_noted(revision):
    plain = {"aes": False, "metadata": False} if revision < 4 else {}
    keeps = Encryption(owner="owner", R=revision, allow=Permissions(extract=False), **plain)
    report = inspected(pdf(encryption=keeps), "pdf")
    assert ([code for code, _ in report["notes"]]) == ["file_restricted", "file_text_missing"]
    assert report["reasons"] == []
    assert codes(pdf(script, encryption=keeps), "pdf") == ["file_script"]


def text(drawn, size=12, colour="0 g", place="72 700", rendering=0):
    """A page that says `drawn` in a way that may be invisible."""

    def change(document):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        document.pages[0].Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
        words = f"BT {colour} {rendering} Tr /F1 {size} Tf {place} Td ({drawn}) Tj ET"
        document.pages[0].Contents = document.make_stream(words.encode("ascii"))

    return change


@pytest.mark.parametrize(
    "hidden",
    [
        {},
        {"colour": "1 g"},
        {"size": 0.4},
        {"rendering": 3},
        {"place": "-900 700"},
    ],
    ids=["plain", "white", "tiny", "invisible", "beside the page"],
)
def test_a_resident_number_in_the_text_is_found_however_it_is_hidden(hidden):
    found = facts(pdf(text(PERSON, **hidden)), "pdf")
    assert found == {"file_resident_number": {"count": 1, "places": "p. 1"}}


def in_title(document):
    document.docinfo["/Title"] = PERSON


def in_xmp(document):
    with document.open_metadata() as metadata:
        metadata["dc:description"] = f"주민등록번호 {PERSON}"


def in_field(document):
    field = Dictionary(T="주민등록번호", FT=Name.Tx, V=PERSON)
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def in_comment(document):
    annotation(Subtype=Name.Text, Contents=f"번호 {PERSON}")(document)


def in_bookmark(document):
    with document.open_outline() as outline:
        outline.root.append(OutlineItem(PERSON, 0))


def in_alternative(document):
    document.Root.StructTreeRoot = document.make_indirect(
        Dictionary(K=Dictionary(S=Name.Figure, Alt=String(PERSON)))
    )


@pytest.mark.parametrize("change", [in_title, in_xmp, in_field, in_comment, in_bookmark, in_alternative])
def test_a_resident_number_outside_the_pages_is_found(change):
    assert facts(pdf(change), "pdf") == {"file_resident_number": {"count": 1, "places": "metadata"}}


def test_numbers_are_counted_once_and_their_pages_named():
    def change(document):
        document.add_blank_page()
        text(f"{PERSON} and {PERSON}")(document)
        document.pages.append(document.pages[0])
        second = document.pages[1]
        second.Resources = document.pages[0].Resources
        second.Contents = document.make_stream(b"BT /F1 9 Tf 72 700 Td (850505-2345671) Tj ET")

    assert facts(pdf(change), "pdf") == {"file_resident_number": {"count": 2, "places": "p. 1, p. 2, p. 3"}}


def test_a_masked_number_and_a_business_number_pass():
    assert codes(pdf(text("900101-1****** 123-45-67890 110111-1234567 corporate reg")), "pdf") == []


def test_a_scan_is_taken_with_a_note():
    assert (codes(pdf(), "pdf"), notes(pdf(), "pdf")) == ([], ["file_text_missing"])
    assert notes(PDF, "pdf") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF[:-7], ["file_incomplete"]),
        (PDF + b"\r\n\0\0", []),
        (PDF + b"MZ and the rest of a program", ["file_trailing"]),
        (b"%PDF-1.7\nnothing at all\n%%EOF\n", ["file_damaged"]),
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
            ["file_damaged"],
        ),
        (PDF.replace(b"startxref", b"startxxxx"), []),
    ],
    ids=["cut", "padding", "appended", "empty", "no page", "repaired"],
)
def test_the_shape_of_the_file(content, expected):
    assert codes(content, "pdf") == expected


def test_an_object_nested_to_hide_something_is_refused():
    nested = b"[" * 400 + b"/JS" + b"]" * 400
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.Root.Deep = pikepdf.Object.parse(nested)
        out = io.BytesIO()
        document.save(out)
    assert codes(out.getvalue(), "pdf") == ["file_damaged"]


def test_dates_are_suggested_from_the_text_only():
    def change(document):
        document.docinfo["/Title"] = "Issued on 2020-01-01"
        text("Issued on 2025-03-02, valid until 31 March")(document)

    assert inspected(pdf(change), "pdf")["dates"] == [("issued_on", "2025-03-02", "Issued on 2025-03-02")]
