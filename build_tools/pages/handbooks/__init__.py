"""The method handbooks: their pages, their parts, and the ways to them from the rest of the site."""
