"""The record of who did what when: append-only events in hash chains, ids and hashes only."""
