"""Who takes part: applicants' organisations, professors, suppliers, and the register of restrictions."""
