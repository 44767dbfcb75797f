"""Pages of applying: home and self-checks, starting, the form, submission, the professor's confirmation."""
