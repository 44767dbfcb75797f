"""Asking the tax service about business numbers; whatever goes wrong is an "unknown" with its reason.

The key travels in the address, as the service wants it, so neither address nor error text is ever logged,
stored or raised: only reason codes leave this module.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import unquote

import httpx
from django.conf import settings

from naru.codec import business_status as codec
from naru.domain.business_status import BATCH, Answer, Claim

SECONDS = httpx.Timeout(10, connect=5)
LARGEST = 1_000_000  # octets of an answer; a hundred numbers need about fifty thousand
Found = TypeVar("Found")

# httpx logs addresses, and the key stands in them.
logging.getLogger("httpx").setLevel(logging.WARNING)


def ask(claims: Sequence[Claim]) -> list[Answer]:
    """An answer for every claim, in order; those the service did not speak of are unknown."""
    unique = list({claim.number: claim for claim in claims}.values())
    if not settings.NARU_TAX_SERVICE_KEY:
        return [Answer(number=claim.number, reason="no_key") for claim in claims]
    answers: dict[str, Answer] = {}
    with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
        for batch in _batches(unique):
            answers |= _asked(client, batch)
    return [answers[claim.number] for claim in claims]


def _asked(client: httpx.Client, batch: Sequence[Claim]) -> dict[str, Answer]:
    answers = {claim.number: Answer(number=claim.number, reason="not_answered") for claim in batch}
    states, reason = _called(client, "status", codec.status_request(batch), codec.parse_status)
    if reason:
        return {number: replace(answer, reason=reason) for number, answer in answers.items()}
    for number, (status, tax_type, closed_on) in states.items():
        if number in answers:
            answers[number] = Answer(number=number, status=status, tax_type=tax_type, closed_on=closed_on)
    whole = [claim for claim in batch if claim.whole]
    if not whole:
        return answers
    matches, reason = _called(client, "validate", codec.match_request(whole), codec.parse_match)
    for claim in whole:
        found = answers[claim.number]
        if claim.number in matches:
            answers[claim.number] = replace(found, match=matches[claim.number])
        else:
            answers[claim.number] = replace(found, reason=found.reason or reason or "not_answered")
    return answers


def _called(
    client: httpx.Client, name: str, body: dict[str, Any], parse: Callable[[bytes], dict[str, Found]]
) -> tuple[dict[str, Found], str]:
    """What one request found, and the reason code when it found nothing."""
    url = f"{settings.NARU_TAX_SERVICE_URL.rstrip('/')}/{name}"
    key = unquote(settings.NARU_TAX_SERVICE_KEY)  # the portal hands keys out encoded and plain
    try:
        with client.stream("POST", url, params={"serviceKey": key}, json=body) as answer:
            content = _content(answer)
        return parse(_successful(answer.status_code, content)), ""
    except httpx.TimeoutException:
        return {}, "timeout"
    except (httpx.HTTPError, httpx.InvalidURL):
        return {}, "unreachable"
    except codec.TaxAnswerError as error:
        return {}, error.reason


def _successful(status: int, content: bytes) -> bytes:
    """The body of a success. Raises TaxAnswerError with the reason code of anything else."""
    if status == httpx.codes.OK:
        return content
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise codec.TaxAnswerError("rate_limited")
    reason = codec.error_of(content)
    raise codec.TaxAnswerError("service_error" if reason == "malformed" else reason)


def _content(answer: httpx.Response) -> bytes:
    """The body. Raises TaxAnswerError when it is larger than any honest answer."""
    content = b""
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise codec.TaxAnswerError("malformed")
    return content


def _batches(claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    for start in range(0, len(claims), BATCH):
        yield claims[start : start + BATCH]
