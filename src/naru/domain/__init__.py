"""The programme's rules as plain Python: values in, decision out; no I/O, no clock, no randomness."""
