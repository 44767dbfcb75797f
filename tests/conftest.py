"""For every test: no network except this machine; the English catalogues are compiled."""

import messages


def pytest_configure(config):
    # PostgreSQL, the live server and the browser's debugging port are on this machine; nothing else is met
    config.option.allow_hosts = "127.0.0.1,::1"
    config.option.allow_unix_socket = True
    messages.compile_all()
