from .voice import VoiceGateway as VoiceGateway
