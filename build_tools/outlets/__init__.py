"""Where the result leaves the program: the terminal, a site, a folder, a live preview."""
