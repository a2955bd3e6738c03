"""Anfragelotse: brings each inquiry to the right contact of a public office, and the answer back."""
