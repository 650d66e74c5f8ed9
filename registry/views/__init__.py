"""Pages: one module per kind of page. A view asks a read model and renders a template."""
