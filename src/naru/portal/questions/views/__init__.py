"""The pages of questions: the public ones and the desk."""
