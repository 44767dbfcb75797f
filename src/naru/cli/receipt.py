"""`naru receipt`: is a receipt genuine, and the key they are signed with."""

import json
import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from naru.codec.receipt import ReceiptFileError, SignedReceipt, Verdict, read_receipt
from naru.codec.signature import KeyFileError, VerifyKey
from naru.documents.receipt_file import MAX_PDF_BYTES, ReceiptUnreadError, receipt_json

app = typer.Typer(no_args_is_help=True, help="Receipts (접수증) of submissions.")
EXITS = {
    Verdict.VALID: 0,
    Verdict.CONTENT_CHANGED: 1,
    Verdict.SIGNATURE_WRONG: 1,
    Verdict.UNSIGNED: 3,
    Verdict.UNKNOWN_KEY: 3,
}
SAID = {
    Verdict.VALID: "valid: the content is what the portal received, unchanged",
    Verdict.CONTENT_CHANGED: "TAMPERED: the content does not fit the hash that was signed",
    Verdict.SIGNATURE_WRONG: "TAMPERED: the signature is not this key's signature of this receipt",
    Verdict.UNSIGNED: "cannot tell: the receipt carries no signature",
    Verdict.UNKNOWN_KEY: "cannot tell: the key is not at hand; download it from keys_at, give --key",
}


@app.command()
def verify(
    *,
    file: Annotated[Path, typer.Argument(help="A receipt as downloaded: JSON, or PDF.")],
    key: Annotated[
        list[Path] | None,
        typer.Option(help="Public key (PEM); may be repeated. Default: the keys of NARU_DATA_DIR/keys."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Check hash and signature, and say what was submitted when.

    Exit 0 valid; 1 tampered with, or signed by another key than --key; 2 not a receipt; 3 cannot tell.
    A PDF is opened in a limited process of its own, for the JSON attached to it.
    """
    receipt = _read(file)
    keys = [_key(path) for path in key or _at_hand()]
    verdict = receipt.check(keys)
    if verdict is Verdict.UNKNOWN_KEY and key:
        verdict = Verdict.SIGNATURE_WRONG  # the reader named the key it must be
    if as_json:
        found = {"verdict": verdict.value, "title": receipt.content.get("title")}
        typer.echo(json.dumps(found | receipt.statement.payload(), ensure_ascii=False, indent=1))
    else:
        _tell(receipt, verdict)
    raise typer.Exit(EXITS[verdict])


@app.command("key")
def show_key(
    *, rotate: Annotated[bool, typer.Option("--rotate", help="Put a new key in use first.")] = False
) -> None:
    """Show the public key receipts are signed with now, making the key when there is none.

    The private key stays in its file (NARU_RECEIPT_KEY). Rotating destroys it; what it signed stays
    verifiable, since public keys are kept. Exit 0; 2 when the file cannot be used.
    """
    from naru.cli.portal import prepare

    prepare()
    from naru.portal.applications import signing

    try:
        held = signing.rotate() if rotate else signing.current()
    except (OSError, KeyFileError) as error:
        _usage(f"the key file cannot be used: {error}")
    typer.echo(f"key_id {held.public.id}\n{held.public.pem()}", nl=False)
    if signing.too_open():
        typer.echo("naru receipt: others may read the key file; chmod 600 it", err=True)


def _read(file: Path) -> SignedReceipt:
    try:
        with file.open("rb") as opened:
            return read_receipt(receipt_json(opened.read(MAX_PDF_BYTES + 1)))
    except ReceiptUnreadError as error:
        typer.echo(f"naru receipt: {file}: cannot tell: {error}; try the JSON file", err=True)
        raise typer.Exit(3) from error
    except (OSError, ReceiptFileError) as error:
        _usage(f"{file}: {error}")


def _key(path: Path) -> VerifyKey:
    try:
        return VerifyKey.from_pem(path.read_bytes())
    except (OSError, KeyFileError) as error:
        _usage(f"{path}: {error}")


def _at_hand() -> list[Path]:
    return sorted((Path(os.environ.get("NARU_DATA_DIR", "var")) / "keys").glob("*.pub.pem"))


def _tell(receipt: SignedReceipt, verdict: Verdict) -> None:
    """A line per fact; control characters of a hostile title stay out of the terminal."""
    said = receipt.statement
    lines = [
        SAID[verdict],
        f"number       {said.number} (revision {said.revision})",
        f"call         {said.call}",
        f"received at  {said.received_at}",
        f"title        {receipt.content.get('title', '')}",
        f"content      sha256 {said.content_sha256}",
        f"key          {said.key_id or 'none'}",
    ]
    if said.basis == "late_exception":
        lines.append("basis        received after the close, under a late exception")
    for line in lines:
        typer.echo("".join(sign if sign.isprintable() else "?" for sign in line))


def _usage(message: str) -> NoReturn:
    typer.echo(f"naru receipt: {message}", err=True)
    raise typer.Exit(2)
