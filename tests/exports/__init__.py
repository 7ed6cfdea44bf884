"""Lists as files, the whole register as a package, and a single trial."""
