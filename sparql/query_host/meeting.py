"""Where web processes and the query host meet: the folder of its socket and of the lock under which it is started."""

import hashlib
import os
import tempfile
from pathlib import Path

_OTHERS = 0o077
"""The rights that nobody but the owner may have."""


def meeting_place(directory: Path) -> Path:
    """The data directory; where it cannot be written, a folder of this user's own among the temporary files.

    Raises:
        OSError: that folder cannot be made, or somebody else has made it.
    """
    if not directory.exists() or os.access(directory, os.W_OK):
        return directory
    mark = hashlib.sha256(str(directory).encode()).hexdigest()[:8]
    place = Path(tempfile.gettempdir()) / f"samsvar-{os.getuid()}-{mark}"
    place.mkdir(mode=0o700, exist_ok=True)
    status = place.lstat()
    if status.st_uid != os.getuid() or status.st_mode & _OTHERS or place.is_symlink():
        raise PermissionError(f"{place} belongs to somebody else: remove it")
    return place
