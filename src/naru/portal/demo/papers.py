"""Papers of the demo: a handful of small valid PDF files, made here, each marked as simulated."""

from functools import cache

TITLES = {
    "sme_certificate": "SME certificate",
    "sme_certificate_renewed": "SME certificate, renewed",
    "venture_certificate": "Venture certificate",
    "startup_certificate": "Startup certificate",
    "business_registration": "Business registration",
    "corporate_register": "Corporate register extract",
    "representative_id": "Identity card, number masked",
    "employment_certificate": "Certificate of employment",
    "enrolment_certificate": "Certificate of enrolment",
    "professor_employment_certificate": "Professor's certificate of employment",
}


@cache
def paper(code: str) -> bytes:
    """The bytes of the one PDF that stands for every document of this code; the same each time."""
    lines = (
        (24, 760, TITLES[code]),
        (14, 720, "SIMULATED DOCUMENT - made by the naru demo"),
        (14, 700, "Issued by nobody, about nobody. Not valid for anything."),
    )
    drawn = "".join(f"BT /F1 {size} Tf 60 {y} Td ({text}) Tj ET\n" for size, y, text in lines).encode("ascii")
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _pdf(*objects: bytes) -> bytes:
    """A PDF 1.4 file of numbered objects, the first being the catalogue, with its cross-reference table."""
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer
