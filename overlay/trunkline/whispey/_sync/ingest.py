# Derived from whispey/_async/ingest.py by `make generate`; do not edit.
"""Records of calls, sent to the API that session observers post to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Unpack

from trunkline._engine.client._sync.resource import DECODE_ERRORS, APIResource, Owner
from trunkline._engine.client.operation import operation
from trunkline._engine.transport.concurrency import sync_in_thread
from trunkline._engine.urls import split_endpoint
from trunkline.errors import InvalidArgumentError
from trunkline.whispey._ingest import as_model, as_models, instant, packed, receipt_of
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey_ingest.api.ingest import send_call_log
from trunkline_generated.whispey_ingest.models.call_ended import CallEnded
from trunkline_generated.whispey_ingest.models.call_metadata import CallMetadata
from trunkline_generated.whispey_ingest.models.call_started import CallStarted
from trunkline_generated.whispey_ingest.models.compressed_call_log import CompressedCallLog
from trunkline_generated.whispey_ingest.models.conversation_turn import ConversationTurn
from trunkline_generated.whispey_ingest.models.ingest_result import IngestResult
from trunkline_generated.whispey_ingest.models.telemetry_data import TelemetryData
from trunkline_generated.whispey_ingest.models.transcript_message import TranscriptMessage
from trunkline_generated.whispey_ingest.types import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.whispey._ingest import CallRecord, Moment
    from trunkline_generated.whispey_ingest.models.ingest_receipt import IngestReceipt


class IngestOwner(Owner[AuthenticatedClient], Protocol):
    """The part of a client that the ingest API uses."""

    @property
    def ingest_url(self) -> str:
        """The complete URL that is posted to."""
        ...


class Ingest(APIResource[AuthenticatedClient]):
    """Records of calls: one at the start of a call, and a complete one after its end.

    The API is not idempotent: a record that is sent twice makes two rows, and a start that
    arrives after the end leaves a call that is in progress forever. So send the start first. No
    record is repeated here after a timeout or a 5xx.
    """

    _api: IngestOwner

    @operation(send_call_log, converts=("call_started_at",))
    def call_started(
        self,
        *,
        call_id: str,
        agent_id: str,
        customer_number: str | None = None,
        call_started_at: Moment | None = None,
        duration_seconds: float | None = None,
        environment: str | None = None,
        wcall_event: Literal["call_started"] = "call_started",
        **extra: Unpack[ExtraOptions],
    ) -> IngestReceipt:
        """Report that a call has started (operation ``sendCallLog``).

        Args:
            call_id: your id of the call, the same one at its end.
            agent_id: the agent's id.
            customer_number: the caller's number, unchecked; the vendor's package sends ``""`` when
                it is not known.
            call_started_at: when it began; without a zone it is UTC. It is sent in UTC.
            duration_seconds: the vendor's package sends 0.
            environment: your own name for it; the server uses ``dev`` when it is left out.
            wcall_event: the server's marker of a start.

        Raises:
            InvalidArgumentError: an argument cannot be used.
            AmbiguousResultError: no response came and the record may have been stored.
            APIError: anything else that went wrong.
        """
        record = CallStarted(
            call_id=call_id,
            agent_id=agent_id,
            wcall_event=wcall_event,
            customer_number=customer_number,
            call_started_at=instant("call_started_at", call_started_at),
            duration_seconds=duration_seconds,
            environment=environment,
        )
        return self.send(record, **extra)

    @operation(send_call_log, own=("compress",), converts=("call_started_at", "call_ended_at"))
    def call_ended(
        self,
        *,
        call_id: str,
        agent_id: str,
        customer_number: str | None = None,
        call_ended_reason: str | None = None,
        call_started_at: Moment | None = None,
        call_ended_at: Moment | None = None,
        transcript_type: str | None = None,
        recording_url: str | None = None,
        transcript_json: Iterable[TranscriptMessage | Mapping[str, Any]] | None = None,
        transcript_with_metrics: Iterable[ConversationTurn | Mapping[str, Any]] | None = None,
        metadata: CallMetadata | Mapping[str, Any] | None = None,
        billing_duration_seconds: int | None = None,
        telemetry_data: TelemetryData | Mapping[str, Any] | None = None,
        dynamic_variables: Any = None,
        voice_recording_url: str | None = None,
        duration_seconds: float | None = None,
        environment: str | None = None,
        wcall_event: Literal["call_ended"] | None = "call_ended",
        compress: bool = True,
        **extra: Unpack[ExtraOptions],
    ) -> IngestReceipt:
        """Send the complete record of a call that has ended (operation ``sendCallLog``).

        Objects may be given as models of :mod:`trunkline.whispey.ingest` or as mappings, which are
        sent unchanged. A name that is nearly one in the contract is refused as mistyped.

        Args:
            call_id: your id of the call, the same one as at its start.
            agent_id: the agent's id.
            customer_number: the caller's number, unchecked; the vendor's package sends
                ``unknown`` when it is not known.
            call_ended_reason: why it ended. The server counts a call as completed when this is
                ``completed``, and as failed otherwise.
            call_started_at: when it began; without a zone it is UTC. It is sent in UTC.
            call_ended_at: when it ended, likewise.
            transcript_type: the vendor's package sends ``agent``.
            recording_url: where the recording is.
            transcript_json: what was said: objects of ``role`` and ``content``.
            transcript_with_metrics: the turns with their measurements.
            metadata: usage, configuration, and anything else that you keep about the call.
            billing_duration_seconds: seconds to be charged.
            telemetry_data: a digest of the call's tracing.
            dynamic_variables: a JSON value that the server keeps.
            voice_recording_url: accepted by the server; the vendor's package does not send it.
            duration_seconds: accepted by the server, where it collides with a computed column; the
                vendor's package leaves it out.
            environment: your own name for it; the server uses ``dev`` when it is left out.
            wcall_event: the server's marker of an end; None leaves it out, as old packages do.
            compress: whether a record above 10 KiB is compressed; not every self-hosted route
                understands that (``/api/logs/call-logs`` does, ``/api/send-logs`` does not).

        Raises:
            InvalidArgumentError: an argument cannot be used.
            AmbiguousResultError: no response came and the record may have been stored.
            APIError: anything else that went wrong.
        """
        record = CallEnded(
            call_id=call_id,
            agent_id=agent_id,
            wcall_event=wcall_event,
            customer_number=customer_number,
            call_ended_reason=call_ended_reason,
            call_started_at=instant("call_started_at", call_started_at),
            call_ended_at=instant("call_ended_at", call_ended_at),
            transcript_type=transcript_type,
            recording_url=recording_url,
            transcript_json=as_models("transcript_json", TranscriptMessage, transcript_json),
            transcript_with_metrics=as_models(
                "transcript_with_metrics", ConversationTurn, transcript_with_metrics
            ),
            metadata=as_model("metadata", CallMetadata, metadata),
            billing_duration_seconds=billing_duration_seconds,
            telemetry_data=as_model("telemetry_data", TelemetryData, telemetry_data),
            dynamic_variables=dynamic_variables,
            voice_recording_url=voice_recording_url,
            duration_seconds=duration_seconds,
            environment=environment,
        )
        return self.send(record, compress=compress, **extra)

    @operation(send_call_log, defaults={"compressed": "the method is for compressed records"})
    def send_compressed(
        self,
        *,
        data: str,
        original_size: int | None = None,
        compressed_size: int | None = None,
        compression_ratio: float | None = None,
        compressed: bool = True,
        **extra: Unpack[ExtraOptions],
    ) -> IngestReceipt:
        """Send a record that is compressed already (operation ``sendCallLog``).

        The other methods compress by themselves; this one is for records that were stored
        compressed.

        Args:
            data: the record's JSON, gzipped, as base64 text.
            original_size: its bytes before compression.
            compressed_size: its bytes after compression.
            compression_ratio: percent saved.
            compressed: the server's marker of a compressed record.

        Raises:
            AmbiguousResultError: no response came and the record may have been stored.
            APIError: anything else that went wrong.
        """
        record = CompressedCallLog(
            compressed=compressed,
            data=data,
            original_size=original_size,
            compressed_size=compressed_size,
            compression_ratio=compression_ratio,
        )
        return self.send(record, **extra)

    def send(
        self, record: CallRecord, *, compress: bool = True, **extra: Unpack[ExtraOptions]
    ) -> IngestReceipt:
        """Send a record that is a model of :mod:`trunkline.whispey.ingest`.

        Args:
            record: the start of a call, its complete record, or either of them compressed.
            compress: whether a record above 10 KiB is compressed, in a thread; one with
                ``extra_body`` is not.
            extra: see :class:`ExtraOptions`.

        Raises:
            InvalidArgumentError: the record is not a model of this operation, or holds a value that
                cannot be written as JSON.
            AmbiguousResultError: no response came and the record may have been stored.
            APIError: anything else that went wrong.
        """
        if not isinstance(record, CallStarted | CallEnded | CompressedCallLog):
            raise InvalidArgumentError(
                "record must be a CallStarted, CallEnded or CompressedCallLog, not "
                f"{type(record).__name__}: from_dict() of these makes one of a dictionary"
            )
        # The server would not read a further member beside the data of a compressed record.
        whole = not compress or bool(extra.get("extra_body"))
        body = record if whole else sync_in_thread(packed, record)
        session = self._session_with(extra)
        _, target = split_endpoint(self._api.ingest_url, "Whispey", "ingest_url")
        response = session.request(**{**send_call_log.get_kwargs(body=body), "url": target})
        reading = Reading("sendCallLog")
        try:
            result = IngestResult.from_dict(response.json(), reading)
        except DECODE_ERRORS as error:
            raise session.invalid_response(response, error) from error
        if reading.unusual:
            session.report_deviations(response, result.deviations)
        return receipt_of(result)
