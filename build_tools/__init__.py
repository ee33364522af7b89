"""Samrapport: yearly reports proven, protected and published."""
