"""The pages of selection: the room and its runs, matching, capacities, results, the applicant's letter."""
