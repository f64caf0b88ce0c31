"""What other modules and the roles may use of files."""

from lingqu.modules.files.add_files import add_files
from lingqu.modules.files.http import ContentQuery
from lingqu.modules.files.make_picture import render
from lingqu.modules.files.read_content import read_content
from lingqu.modules.files.sweep import sweep_files, sweep_strays
from lingqu.modules.files.types import Picture, Size, StoredFile
from lingqu.modules.files.use_file import end_use, find_own_file, use_files

__all__ = [
    "ContentQuery",
    "Picture",
    "Size",
    "StoredFile",
    "add_files",
    "end_use",
    "find_own_file",
    "read_content",
    "render",
    "sweep_files",
    "sweep_strays",
    "use_files",
]
