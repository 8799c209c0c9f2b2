from worker import VoiceGateway


def gateway() -> VoiceGateway:
    return VoiceGateway("https://voice.example", "t")


def main() -> None:
    voice = gateway()
    call = voice.calls.need("c1")
    print(call.duration, voice.calls.cost(call.to))  # hit: duration
    try:
        print(call.recording_url)  # hit: recordingUrl
    except AttributeError:
        voice.forget(call)
    else:
        voice.stop(call)
    codec = next((leg.codec for leg in call.legs), None)  # hit: codec
    print(codec)


main()
