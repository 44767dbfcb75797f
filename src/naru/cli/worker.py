"""The demo's worker: `naru portal db_worker` for as long as the web server that started it lives.

The server holds the other end of this process's standard input, and lets go of it however it ends.
"""

import os
import signal
import sys
from threading import Thread

from naru.cli.portal import prepare


def main() -> None:
    """Run queued tasks until standard input ends."""
    prepare()
    from django.core.management import call_command

    Thread(target=_end_with_the_server, daemon=True).start()
    call_command("db_worker", verbosity=0, reload=False)


def _end_with_the_server() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)  # the worker's own way out: the round under way is finished


if __name__ == "__main__":
    main()
