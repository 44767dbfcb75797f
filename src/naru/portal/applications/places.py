"""Where an item of the form stands: its name for a list, and the address that leads to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from naru.domain import call as domain
from naru.domain.decision import Finding
from naru.domain.terms import Text
from naru.portal.applications.completeness import Item
from naru.portal.applications.models import Application

HEADS = {
    "product": Text(ko="상품", en="Product"),
    "title": Text(ko="과제명", en="Title of the project"),
    "clouds": Text(ko="희망 클라우드 순서", en="Preferred clouds"),
    "kpis": Text(ko="성과지표", en="Performance targets"),
    "models": Text(ko="AI 모델", en="AI models"),
    "declarations": Text(ko="확인과 서약", en="Declarations"),
    "consents": Text(ko="개인정보 동의", en="Consents"),
    "documents": Text(ko="증빙서류", en="Evidence documents"),
    "youth_claimed": Text(ko="청년기업 가점", en="Youth company bonus"),
    "venture_type": Text(ko="벤처 유형", en="Type of venture"),
}
OTHER = Text(ko="신청서의 다른 항목", en="Another item of the form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One missing item: what it is called, what to do, and where."""

    title: Text
    finding: Finding
    url: str


def missing(application: Application, items: Iterable[Item], *, needed: bool) -> list[Place]:
    """The items not done yet, needed for submission or not, each with the address of its place."""
    return [
        Place(title=item.title, finding=item.finding, url=address(application, item))
        for item in items
        if item.needed is needed and not item.done
    ]


def address(application: Application, item: Item) -> str:
    """The page of an item, at its place."""
    if item.section == "documents":
        url = reverse("applications:documents", args=[application.pk])
        return f"{url}#{item.code.removeprefix('document_')}"
    return f"{reverse('applications:section', args=[application.pk, item.section])}#{item.anchor}"


def titles(paths: Iterable[str], terms: domain.Call) -> list[Text]:
    """The names of changed items (`domain.receipt.changed`), each once, in the order given."""
    sections = {section.id: section.title for section in terms.plan}
    documents = {rule.code: rule.title for rule in terms.documents}
    found = {}
    for path in paths:
        head, _dot, inner = path.partition(".")
        held = {"plan": sections, "documents": documents}.get(head, {})
        named = held.get(inner) or HEADS.get(head, OTHER)
        found[named.ko] = named
    return list(found.values())
