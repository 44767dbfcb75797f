"""What an uploaded file is and whether it may stay; no Django."""
