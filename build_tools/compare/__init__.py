"""What crosses reports: years and teams laid side by side, figures and words."""
