"""The Django project: one app per step of the year."""
