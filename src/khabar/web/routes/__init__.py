"""The views of the room, one module for each part of it."""
