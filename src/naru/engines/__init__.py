"""Where servers come from: one small interface, one module per engine; no Django."""
