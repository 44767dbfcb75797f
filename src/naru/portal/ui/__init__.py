"""The look and the clock every room shares: base templates, components, the gallery."""
