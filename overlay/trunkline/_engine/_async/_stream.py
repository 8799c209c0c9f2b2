"""A response of the pool whose body is read piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine._breakage import BODY_ERRORS, broken
from trunkline._engine._wire import Inflater, encoding_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from trunkline._engine._async._line import AsyncLine
    from trunkline._engine._async._pool import AsyncPool
    from trunkline._engine._wire import RawHeaders, Trip


class AsyncStream:
    """A response with the body still to be read; it holds its connection until then."""

    def __init__(
        self, pool: AsyncPool, trip: Trip, line: AsyncLine, status: int, headers: RawHeaders
    ) -> None:
        self._pool, self._trip, self._line = pool, trip, line
        self.status, self.raw_headers = status, headers
        self._open = True

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives, decompressed; raises Broken when it does not end well."""
        self._line.expires_at = self._trip.expires_at  # a body may have time of its own
        inflater = Inflater(encoding_of(self.raw_headers), self._trip.options.max_response_bytes)
        try:
            while piece := await self._line.piece():
                yield inflater.feed(piece)
            inflater.finish()
        except BODY_ERRORS as error:
            raise broken(error, sent=True, status=self.status, headers=self.raw_headers) from error
        self._open = False
        await self._pool.give_back(self._line)

    async def aclose(self) -> None:
        """Give the connection up unless the body was read to its end."""
        if self._open:
            self._open = False
            await self._pool.discard(self._line)
