"""Questions: what is asked often, and what one person asks."""
