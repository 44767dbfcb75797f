"""The only door between text and values (TOML calls, JSON records); the only user of pydantic."""
