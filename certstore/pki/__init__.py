"""The rules: certificates in, findings out. No Django, no clock, no database, no sentence."""
