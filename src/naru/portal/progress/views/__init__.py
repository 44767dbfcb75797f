"""The pages of progress: the wall and an award, checks, restriction cases, and the awardee's side."""
