"""The operator's board of the year and every role's home."""
