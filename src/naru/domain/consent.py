"""Consents (동의) a call asks for: what is collected or passed on, to whom, how long, what refusing means.

Each is asked and answered on its own: collection apart from provision, one recipient at a time, required
apart from optional. The sentences are data of the call; `full_text` is what an answer's hash is taken of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from naru.domain.terms import Text, require

if TYPE_CHECKING:  # the call imports this module
    from naru.domain.call import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One question of consent.

    `kind`: "collection" by the operator itself, "provision" to the third party named in `recipient`,
    "assurance" that other persons whose data are entered have been told. `refusal` says what happens when
    it is refused. `parties` are the sectors asked, all when empty. `version` counts changes of the words.
    """

    id: str
    kind: Literal["collection", "provision", "assurance"]
    title: Text
    text: Text
    purpose: Text
    items: tuple[Text, ...]
    recipient: Text | None = None
    retention: Text
    required: bool
    refusal: Text | None = None
    parties: tuple[Literal["private", "public"], ...] = ()
    version: int
    clause: str

    def __post_init__(self) -> None:
        require(self.version >= 1, f"version: {self.version} is not 1 or more")

    def asked_of(self, sector: str) -> bool:
        """Whether applicants of the sector are asked."""
        return not self.parties or sector in self.parties


def full_text(consent: Consent) -> str:
    """Everything shown beside the box, in both languages, in one fixed order; the answer's hash covers it."""
    rows = [
        ("title", consent.title),
        ("text", consent.text),
        ("purpose", consent.purpose),
        *(("item", item) for item in consent.items),
        ("recipient", consent.recipient),
        ("retention", consent.retention),
        ("refusal", consent.refusal),
    ]
    lines = [f"{consent.id} v{consent.version} {'required' if consent.required else 'optional'}"]
    lines += [f"{name}: {text.ko} / {text.en}" for name, text in rows if text is not None]
    return "\n".join(lines)


def problems(call: "Call") -> Iterator[str]:
    """What a list of consents may not be: unclear about the recipient, or silent on refusing."""
    for i, consent in enumerate(call.consents):
        path = f"consents[{i}]"
        if consent.required and consent.refusal is None:
            yield f"{path}.refusal: a required consent says what happens when it is refused"
        if consent.kind == "provision" and consent.recipient is None:
            yield f"{path}.recipient: a provision names the third party that receives the data"
        if consent.kind != "provision" and consent.recipient is not None:
            yield f'{path}.recipient: only a provision has one; ask it apart, with kind = "provision"'
        if not consent.items:
            yield f"{path}.items: name each item of personal data"
        known = {party.id for party in call.parties}
        for name in consent.parties:
            if name not in known:
                yield f'{path}.parties: "{name}" is not among parties'
