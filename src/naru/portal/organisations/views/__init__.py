"""The pages of organisations: one's own, their people, business status, the register of restrictions."""
