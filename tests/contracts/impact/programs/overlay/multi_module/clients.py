import os

from trunkline import Pamela

_client = None


def get_client():
    global _client
    if _client is None:
        _client = Pamela(api_key=os.environ["PAMELA_API_KEY"], max_retries=3)
    return _client
