"""The learned reader: an encoder that reads the article whole, with the findings of the grammar as a second vote."""
