"""Progress: monthly reports, checks, verdicts, restriction cases."""
