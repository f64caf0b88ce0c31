"""The object store: bytes under the hash of their content, in a folder of the home or in an S3 of the operator's.

An object never changes, so writing it twice is harmless and a copy of it is good for ever. Source: ADR 0013.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import from_url

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.object_files import file_of, remove_drafts, write_object

_KEY = re.compile(r"^[0-9a-f]{2}/(?P<hash>[0-9a-f]{64})$")
_LISTED_AT_ONCE = 1_000


class Objects:
    """Keeps bytes by their SHA-256.

    ``place`` is a folder of this machine, or the address of a bucket (``s3://bucket/prefix``, ``gs://``, ``az://``).
    ``copies`` is a folder that receives every new object too: the archive that `lingqu restore` goes on from. Without
    ``is_durable`` a crash of the machine may lose the last ones: for a load that begins anew then.
    """

    def __init__(self, place: Path | str, *, copies: Path | None = None, is_durable: bool = True) -> None:
        self._folder = place if isinstance(place, Path) else None
        self._copies = copies
        self._is_durable = is_durable
        self._store = from_url(place.absolute().as_uri(), mkdir=True) if isinstance(place, Path) else from_url(place)

    @staticmethod
    def hash_of(content: bytes) -> bytes:
        """Tell under which hash bytes are kept."""
        return hashlib.sha256(content).digest()

    async def put(self, content: bytes) -> bytes:
        """Keep bytes and give their hash; when this returns they survive a crash.

        Raises: Unavailable if the store does not take them.
        """
        digest = self.hash_of(content)
        try:
            if self._folder is None:
                await obstore.put_async(self._store, _key(digest), content)
            else:
                await asyncio.to_thread(write_object, self._folder, digest, content, is_durable=self._is_durable)
            if self._copies is not None:
                await asyncio.to_thread(write_object, self._copies, digest, content, is_durable=self._is_durable)
        except (OSError, BaseError) as error:
            raise Unavailable("the object store does not take files") from error
        return digest

    async def get(self, digest: bytes) -> bytes:
        """Read the bytes of a hash.

        Raises: Unavailable if the store does not give them.
        """
        try:
            if self._folder is not None:
                return await asyncio.to_thread(file_of(self._folder, digest).read_bytes)
            return bytes(await (await obstore.get_async(self._store, _key(digest))).bytes_async())
        except (OSError, BaseError) as error:
            raise Unavailable("the object store does not give a file") from error

    async def delete(self, digests: Iterable[bytes]) -> None:
        """Let go of bytes; those that are gone already are no fault.

        Raises: Unavailable if the store refuses.
        """
        for digest in digests:
            try:
                await obstore.delete_async(self._store, _key(digest))
            except FileNotFoundError:
                continue
            except (OSError, BaseError) as error:
                raise Unavailable("the object store does not let go of files") from error

    async def list_before(self, before: datetime) -> AsyncIterator[list[bytes]]:
        """Go through the hashes of all that was last written before an instant, up to 1,000 at a time.

        Raises: Unavailable if the store does not answer.
        """
        try:
            async for found in obstore.list(self._store, chunk_size=_LISTED_AT_ONCE):
                old = [_KEY.match(one["path"]) for one in found if one["last_modified"] < before]
                yield [bytes.fromhex(match["hash"]) for match in old if match is not None]
        except (OSError, BaseError) as error:
            raise Unavailable("the object store does not answer") from error

    async def tidy(self, before: datetime) -> None:
        """Remove what writers left half done before an instant; a bucket takes whole objects only and has none."""
        for folder in filter(None, (self._folder, self._copies)):
            await asyncio.to_thread(remove_drafts, folder, before)


def _key(digest: bytes) -> str:
    name = digest.hex()
    return f"{name[:2]}/{name}"
