"""What came of a campaign: numbers, a picture, a file."""
