"""Selection and matching: simulate, confirm by two persons, publish later."""
