"""What is raised where a file has to be read as a whole after all."""


class ReadWholeError(Exception):
    """Records of this file cannot be read one by one: it has a mistake, or one record changes what another means."""
