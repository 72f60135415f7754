"""Who may enter: the file of accounts beside the registry, passwords, sessions, and what limits guesses."""
