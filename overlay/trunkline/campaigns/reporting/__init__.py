"""The results of a campaign: numbers, a picture, a file."""
