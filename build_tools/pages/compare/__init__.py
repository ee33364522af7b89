"""The pages where years and teams stand side by side."""
