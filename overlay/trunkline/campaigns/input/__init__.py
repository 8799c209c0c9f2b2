"""From a file to the rows of a campaign."""
