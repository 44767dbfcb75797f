"""Template filters of applying."""
