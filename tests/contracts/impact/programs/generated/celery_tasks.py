import os

from celery import Celery

import voice_client
from voice_client.api.calls import get_call
from voice_client.api.messages import send_message as send
from voice_client.models.call_status import CallStatus
from voice_client.models.send_message import SendMessage

app = Celery("tasks", broker=os.environ["BROKER_URL"])
client = voice_client.AuthenticatedClient(base_url="https://voice.example", token=os.environ["VOICE_TOKEN"])


@app.task(bind=True, max_retries=5)
def follow(self, call_id):
    response = get_call.sync_detailed(call_id, client=client)
    if response.status_code != 200:
        raise self.retry(countdown=5)
    call = response.parsed
    if call.status == CallStatus.COMPLETED:  # hit: blocked
        store.delay(call.id, call.recording_url)  # hit: recordingUrl
    elif call.status == CallStatus.FAILED:
        notify.delay(call.to, "The call failed.")
    elif call.status in (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.ACTIVE):
        raise self.retry(countdown=5)


@app.task
def store(call_id, url):
    print(call_id, url)


@app.task
def notify(number, text):
    message = send.sync(client=client, body=SendMessage(to=number, text=text))  # hit: sender
    return message.segments


def label(status: CallStatus) -> str:
    if status is CallStatus.COMPLETED:
        return "done"
    elif status is CallStatus.FAILED:
        return "failed"
    else:
        return "running"
