"""Calls as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import unwrap
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import to_utc
from trunkline.errors import InvalidArgumentError
from trunkline.whispey._exports import (
    date_range,
    export_id_of,
    file_format,
    first_pause,
    is_complete,
)
from trunkline_generated.whispey.api.exports import create_call_export, download_export, get_export
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey.models.create_call_export_request import CreateCallExportRequest
from trunkline_generated.whispey.models.export import Export
from trunkline_generated.whispey.models.export_created import ExportCreated
from trunkline_generated.whispey.models.export_created_response import ExportCreatedResponse
from trunkline_generated.whispey.models.export_response import ExportResponse

if TYPE_CHECKING:
    import os
    from datetime import date, datetime

    from trunkline._engine.client.files import SavedFile
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.whispey._exports import AnyExport


class AsyncExports(AsyncAPIResource[AuthenticatedClient]):
    """Calls as files. One export runs at a time.

    Methods take an export as its id, or as what :meth:`create` and :meth:`get` return.
    """

    @operation(create_call_export)
    async def create(
        self,
        *,
        agent_id: str | None = None,
        format: str | None = None,  # noqa: A002 - the wire's name
        start: datetime | date | str | None = None,
        end: datetime | date | str | None = None,
        include_transcripts: bool | None = None,
        include_metrics: bool | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> ExportCreated:
        """Start an export (operation ``createCallExport``).

        Which arguments the service requires, and its defaults, are not documented.

        Args:
            agent_id: only calls of this agent.
            format: ``csv`` or ``json``; another text is sent as it is.
            start: the beginning of the range; without a zone it is UTC, a day is its first
                instant.
            end: the end of the range, likewise.
            include_transcripts: whether the file holds transcripts.
            include_metrics: whether the file holds measurements.

        Raises:
            InvalidArgumentError: an argument cannot be used.
            ConflictError: another export is running.
            AmbiguousResultError: no response came and the export may be running.
            APIError: anything else that went wrong.
        """
        body = CreateCallExportRequest(
            agent_id=agent_id,
            format_=file_format(format),
            date_range=date_range(to_utc("start", start), to_utc("end", end)),
            include_transcripts=include_transcripts,
            include_metrics=include_metrics,
        )
        answer = await create_call_export.asyncio(client=self._raw_with(extra), body=body)
        return unwrap(
            create_call_export, ExportCreated, require_type(ExportCreatedResponse, answer)
        )

    @operation(get_export, renames={"export": "export_id"}, converts=("export",))
    async def get(self, export: AnyExport, **extra: Unpack[ExtraOptions]) -> Export:
        """Return an export's state (operation ``getExport``).

        Args:
            export: the export or its id.

        Raises:
            InvalidArgumentError: the id is empty.
            NotFoundError: there is no such export.
            APIError: the request failed.
        """
        export_id = export_id_of(export)
        answer = require_type(
            ExportResponse, await get_export.asyncio(export_id, client=self._raw_with(extra))
        )
        return unwrap(get_export, Export, answer)

    async def wait(
        self,
        export: AnyExport,
        *,
        timeout: float = 600.0,
        interval: float | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> Export:
        """Return an export when its file is ready.

        Its state is polled, with pauses that grow to 10 s.

        Args:
            export: the export or its id.
            timeout: seconds in all.
            interval: seconds before the second request; without it 2, or up to 10 where
                :meth:`create` named a later time of completion.

        Raises:
            InvalidArgumentError: the id is empty, or a number is not above 0.
            ExportFailedError: the export failed.
            WaitTimeoutError: time is up; ``last`` holds the latest state.
            APIError: a request failed.
        """
        export_id = export_id_of(export)

        async def read(exports: AsyncExports) -> Export:
            return await exports.get(export_id, **extra)

        wall = self._session.context.runtime.wall()
        pause = first_pause(export, wall) if interval is None else interval
        return await self._wait(read, is_complete, f"the export {export_id}", timeout, pause)

    @operation(
        download_export,
        renames={"export": "export_id"},
        converts=("export",),
        own=("path", "overwrite", "use_download_url", "max_bytes", "deadline"),
    )
    async def download(
        self,
        export: AnyExport,
        path: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        use_download_url: bool = False,
        max_bytes: int | None = None,
        deadline: float | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> SavedFile:
        """Save the file of a completed export (operation ``downloadExport``).

        The file appears under its name when it is complete, readable by its owner alone; on any
        failure nothing is left behind. A body that breaks off is requested again from its
        beginning, within ``max_retries``.

        The URL is built from the client's own ``base_url`` and the export's id. A redirect is
        followed without the key, never from https to http. The ``download_url`` that the vendor
        sends may be on another host; it is used only with ``use_download_url``, and also without
        the key.

        Args:
            export: the export or its id.
            path: the file to write; its folder must exist.
            overwrite: whether a file that exists is replaced.
            use_download_url: fetch the export's ``download_url`` instead, when it is on another
                host than ``base_url``.
            max_bytes: a longer file is refused; without it there is no limit.
            deadline: seconds for everything. Without it the client's deadline bounds the time to
                the head of the response, and the body may take as long as bytes keep arriving.

        Raises:
            InvalidArgumentError: an argument cannot be used, or the export has no download_url.
            LocalFileError: the file exists or cannot be written (also an OSError).
            ConflictError: the export is not complete.
            APIError: anything else that went wrong.
        """
        if use_download_url and extra:
            raise InvalidArgumentError(
                f"{', '.join(extra)} cannot be sent to the export's download_url: leave "
                "use_download_url out"
            )
        request = download_export.get_kwargs(export_id_of(export))
        return await self._download(
            request,
            path,
            overwrite=overwrite,
            url=await self._url_of(export) if use_download_url else None,
            max_bytes=max_bytes,
            deadline=deadline,
            extra=extra,
        )

    async def _url_of(self, export: AnyExport) -> str:
        known = await self.get(export) if isinstance(export, str) else export
        if isinstance(known.download_url, str):
            return known.download_url
        raise InvalidArgumentError("the export has no download_url: leave use_download_url out")
