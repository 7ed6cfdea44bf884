"""The open API: every list of `trials.exports.listings` and every row of it, read-only, with the pages' filters."""
