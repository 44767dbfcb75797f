"""The pages of evaluation: the reviewers' own, and the operators'."""
