"""From the first visit to a receipt in hand: three applicants, two languages, mouse or keys alone."""

import re
from datetime import timedelta

import pytest
from simulated_year import INTAKE, PDF, business_number
from walking import Keyboard, Mouse

from naru.portal.applications.models import Application, Receipt
from naru.portal.mail.models import Mail

FILE = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF}
CHECK = {
    "private": {
        "kind": "sme", "legal_form": "corporation", "started_on": "2021-05-03", "valid_until": "2025-12-31",
        "youth": "no",
    },
    "staff": {"kind": "university", "role": "staff"},
    "student": {"kind": "university_hospital", "role": "student"},
}  # fmt: skip
USE = {"model_trained": "yes", "inference_only": "yes", "circumstances": ["none"]}
COMPANY = {
    "name": "Imagined Vision", "business_number": business_number(7), "kind": "sme",
    "legal_form": "corporation", "started_on": "2021-05-03", "representative_1": "Imagined Person",
    "born_1": "1970-01-02",
}  # fmt: skip
PAPERS = {
    "private": ("sme_certificate",),
    "staff": ("employment_certificate",),
    "student": ("enrolment_certificate", "professor_employment_certificate"),
}
TYPED = {
    "product": "npu-60",
    "title": "Imagined inspection line",
    "name": "Throughput",
    "unit": "images/s",
    "baseline": "10",
    "target": "42.5",
    "direction": "higher",
    "how_measured": "1,000 test images",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("who", "hand"), [(who, hand) for who in CHECK for hand in (Mouse, Keyboard)])
def test_from_the_first_visit_to_a_receipt(who, language, hand, world, seat, clock):
    world.upto("opened")
    clock(INTAKE)
    email = f"{who}@{who}.test"
    walk = hand(seat(None, language=language), language)
    check(walk, who)
    sign_up(walk, email)
    start(walk, who, email)
    application = Application.objects.get()
    fill_in(walk, application)
    for code in PAPERS[who]:
        walk.upload(f"#{code}", FILE)
        walk.page.locator(f"#{code} .evidence-held").wait_for()
    if who == "private":
        walk.answer(valid_from="2024-04-01", valid_until="2025-12-31")
        walk.follow("#sme_certificate form[action$='/dates/'] button")
    walk.follow(f"main .button-row a[href='/applications/{application.pk}/submit/']")
    walk.follow("#submit form button[type=submit]")
    assert walk.desk.path == f"/applications/{application.pk}/receipt/", walk.desk.text
    receipt = Receipt.objects.get(application=application)
    walk.desk.says(receipt.number, receipt.content_sha256)
    mail = Mail.objects.get(name="applications/receipt")
    assert (mail.to, mail.language, receipt.number in mail.body) == (email, language, True)
    assert application.documents.count() == len(PAPERS[who])
    assert receipt.received_at - INTAKE < timedelta(minutes=5)


def check(walk, who):
    """Am I eligible? One question after the other, each answered by what this applicant is."""
    walk.go("/")
    walk.follow("main a[href='/check/eligibility/']")
    known = CHECK[who] | USE
    for _question in range(8):
        if not walk.page.locator("form.question").count():
            break
        asked = walk.names("form.question")
        walk.answer(**{name: known[name] for name in asked if name in known})
        walk.follow("form.question button[type=submit]")
    walk.follow("#result a[href^='/applications/start/']")


def sign_up(walk, email):
    """An account, and the link in its mail."""
    walk.follow("main a[href*='/accounts/signup/']")
    walk.answer(
        name="Imagined Applicant", email=email, password1="a landing 2025", password2="a landing 2025"
    )
    walk.follow("main form.entry button[type=submit]")
    link = re.search(r"/accounts/confirm-email/\S+", Mail.objects.get(to=email).body)
    walk.go(link.group())
    walk.follow("main form button[type=submit]")


def start(walk, who, email):
    """The draft: what the check was told is not asked again."""
    if who == "private":
        walk.follow("main a[href^='/applications/start/company/new/']")
        walk.answer(**{name: value for name, value in COMPANY.items() if walk_asks(walk, name)})
        walk.follow("main form button[type=submit]")
    else:
        walk.answer(
            institution="Imagined University",
            professor_name="Imagined Professor",
            professor_email=email if who == "staff" else "professor@imagined.test",
            department="Imagined Department",
        )
    walk.follow("main form button[type=submit]")


def walk_asks(walk, name):
    """Whether the field is empty: what the self-check was told stands there already."""
    return not walk.page.locator(f"main [name={name}]").input_value()


def fill_in(walk, application):
    """Every page of the form, by the names of its fields, to the page of documents."""
    done = f"/applications/{application.pk}/documents/"
    for _page in range(20):
        if walk.desk.path == done:
            return
        walk.answer(**{name: answer_to(walk, name) for name in walk.names("form.apply-form") if wanted(name)})
        walk.follow("form.apply-form button[name=go][value=next]")
    raise AssertionError(f"the form does not end: {walk.desk.path}")


def wanted(name):
    """Cloud preferences, other support and the bonus are left as they are."""
    return not name.startswith(("cloud_", "support_", "youth", "go", "primary_"))


def answer_to(walk, name):
    """What an applicant writes or chooses there."""
    if name.startswith("plan_"):
        return "An imagined plan, written for the test."
    if name.startswith("consent_"):
        return walk.page.locator(f"main [name='{name}']").first.get_attribute("value")
    if name.startswith("declare_"):
        return "yes" if name.endswith(("inference_only", "model_trained")) else "no"
    column = name.rpartition("-")[2]
    if name.startswith("model_"):
        return {"name": "yolov8n", "family": "yolo"}[column]
    return TYPED[column]
