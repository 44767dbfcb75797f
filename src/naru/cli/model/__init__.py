"""`naru model`: know a model before applying, one module per command."""

import typer

app = typer.Typer(no_args_is_help=True, help="A model (모델): what it needs, and on which product it fits.")


@app.callback()
def model() -> None:
    """Exit codes: 0 yes; 1 refused or does not fit; 2 wrong usage."""
