"""What joins the notes of one event: what is compared, how candidates are found, the score, the finding's codes."""
