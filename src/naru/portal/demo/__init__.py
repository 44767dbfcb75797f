"""The demo: a whole synthetic year, played through the actions a person uses. Everybody in it is invented."""
