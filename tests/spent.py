"""An answer read to its end, which closes it and its file as a browser's reading does."""


def spent(answer):
    """The answer's bytes. `answer.close()` would end the connection of a test on PostgreSQL."""
    return b"".join(answer)
