"""The pages of allocation: the operator's board, the awardee's agreement and server, the cloud's orders."""
