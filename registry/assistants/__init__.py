"""The register for language models: a server of the Model Context Protocol over the JSON that everybody reads.

`asking` asks the register, in this process or over HTTP, `shortening` leaves out what a model has no use for, `server`
names tools, resources and prompts. Needs the extra ``samsvar[mcp]``. Reading only.
"""
