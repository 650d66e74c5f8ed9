"""Information models out of what is no RDF: JSON Schema, OpenAPI, XSD, JSON-LD contexts; and out of ontologies.

All of them become elements of ModellDCAT-AP-NO through one `ModelBuilder`.
"""
