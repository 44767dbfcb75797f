"""Allocation: agreement, server, withdrawal, refill, budget ledger."""
