"""The pages of evaluation, a module per room."""
