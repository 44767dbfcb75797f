"""`naru`, the command line: thin, one module per command group."""

import typer

from naru.cli import audit, call, demo, document, model, portal, receipt, refill, selection

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="naru (나루): a compute programme, end to end."
)
app.add_typer(audit.app, name="audit")
app.add_typer(call.app, name="call")
app.add_typer(document.app, name="document")
app.add_typer(model.app, name="model")
app.add_typer(receipt.app, name="receipt")
app.add_typer(refill.app, name="refill")
app.add_typer(selection.app, name="selection")
app.command("demo")(demo.demo)
app.command("portal", context_settings=portal.PASS_THROUGH)(portal.portal)


@app.callback()
def naru() -> None:
    """Exit codes: 0 yes; 1 a negative verdict; 2 wrong usage; 3 undecided."""


def main() -> None:
    """Run the command line."""
    app()
