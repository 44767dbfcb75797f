"""The pages of screening and technical review, a module per room."""
