"""Commands of this room under `naru portal`."""
