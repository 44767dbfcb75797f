"""Pages of one's own account, its second factor and sessions; and the operators' page of people."""
