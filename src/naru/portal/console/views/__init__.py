"""The console's pages: the board of the year, each role's first page, and the mails."""
