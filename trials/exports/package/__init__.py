"""The whole public register as files: a release, and how a data package and a data portal's catalogue describe it."""
