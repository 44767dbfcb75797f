"""Who acts: users, their roles, log-in, and the rule that says who may enter which room."""
