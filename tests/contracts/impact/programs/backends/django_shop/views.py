from django.http import Http404, HttpRequest, JsonResponse
from django.views import View

from voice_client.api.calls import create_call, get_call, hangup_call
from voice_client.api.messages import send_message
from voice_client.models import Call, CallStatus, CreateCall, SendMessage

from .clients import VoiceMixin


class CallView(VoiceMixin, View):
    http_method_names = ["get", "post", "delete"]

    def get_object(self, pk: str) -> Call:
        call = get_call.sync(pk, client=self.voice)
        if call is None:
            raise Http404(pk)
        return call

    def get(self, request: HttpRequest, pk: str) -> JsonResponse:
        call = self.get_object(pk)
        data = {"id": call.id, "price": call.price, "state": self.state(call)}  # hit: price
        return JsonResponse(data)

    def state(self, call: Call) -> str:
        match call.status:  # hit: blocked
            case CallStatus.QUEUED | CallStatus.RINGING if call.legs:  # hit: ringing
                return "ringing"
            case CallStatus.QUEUED | CallStatus.RINGING:  # hit: ringing
                return "waiting"
            case CallStatus.ACTIVE:
                return "running"
            case CallStatus.COMPLETED | CallStatus.FAILED:
                return "over"

    def bill(self, call: Call) -> int:
        match call:
            case Call(status=CallStatus.COMPLETED, duration=seconds) if seconds > 60:  # hit: duration
                return seconds // 60
            case Call(price=price):  # hit: price
                return int(float(price))
            case _:
                return 0

    def post(self, request: HttpRequest, pk: str) -> JsonResponse:
        options = {"to": pk, "from_": "+1555"}
        if request.GET.get("amd"):
            options["machine_detection"] = True
        call = create_call.sync(client=self.voice, body=CreateCall(**options))  # maybe: machine_detection
        return JsonResponse({"id": call.id}, status=201)

    def delete(self, request: HttpRequest, pk: str) -> JsonResponse:
        ended = hangup_call.sync(pk, client=self.public)
        body = SendMessage(ended.to, "You were cut off.")  # hit: sender
        send_message.sync(client=self.voice, body=body)
        return JsonResponse({"seconds": ended.duration or 0})  # hit: duration


class PriceView(CallView):
    def get(self, request: HttpRequest, pk: str) -> JsonResponse:
        answer = super().get(request, pk)
        answer["x-price"] = super().get_object(pk).price  # hit: price
        return answer


def context(request: HttpRequest) -> dict[str, object]:
    order = request.user.orders.first()
    return {"price": order.price, "status": order.status}
