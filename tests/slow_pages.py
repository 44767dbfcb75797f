"""A middleware for tests: every POST is answered five seconds late, one after the other."""

import time
from threading import Lock

SECONDS = 5
_one_at_a_time = Lock()  # the tests' SQLite lives in memory, on one connection for all threads


def slow(get_response):
    """Stands right behind the arrival: what comes after it sees a clock five seconds on."""

    def answer(request):
        if request.method == "POST":
            time.sleep(SECONDS)
        with _one_at_a_time:
            return get_response(request)

    return answer
