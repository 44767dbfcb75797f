"""The acts of the year, one module each, in the order of the announcement's steps."""
