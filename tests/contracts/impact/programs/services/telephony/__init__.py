from .adapter import PamelaTelephony
from .port import Telephony

__all__ = ["PamelaTelephony", "Telephony"]
