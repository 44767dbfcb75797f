"""Screening and technical review: findings filled in, a person decides."""
