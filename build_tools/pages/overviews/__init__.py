"""Pages that gather reports: a förbund, an insats through its years, a year, and the lists of them."""
