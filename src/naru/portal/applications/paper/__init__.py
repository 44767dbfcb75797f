"""The application form as a file (HWPX): printed from the answers, and read back by its labels (A-01)."""
