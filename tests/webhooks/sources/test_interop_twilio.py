"""Our verifier against Twilio's own, on random requests, both ways."""

import hashlib
import random
import string
from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest
from twilio.request_validator import RequestValidator

from trunkline.webhooks import TwilioSignature, WebhookVerificationError

COUNT = 700
TOKEN = "0123456789abcdef0123456789abcdef"
OURS = TwilioSignature(TOKEN)
THEIRS = RequestValidator(TOKEN)
LETTERS = string.ascii_letters + string.digits + "+-_. &=%/é東😀"


class MultiDict(dict[str, list[str]]):
    """Parameters as Django and Werkzeug pass them to Twilio's validator."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def word(chance: random.Random, least: int = 0) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randrange(least, 9)))


def random_url(chance: random.Random) -> str:
    scheme = chance.choice(("https", "http"))
    host = chance.choice(("a.example", "voice.example.com", "10.0.0.1"))
    port = chance.choice(("", "", ":443", ":80", ":8443"))
    path = "/".join(quote_plus(word(chance)) for _ in range(chance.randrange(3)))
    query = urlencode([(word(chance, 1), word(chance)) for _ in range(chance.randrange(3))])
    return f"{scheme}://{host}{port}/{path}" + (f"?{query}" if query else "")


def random_pairs(chance: random.Random) -> list[tuple[str, str]]:
    names = [word(chance, 1) for _ in range(chance.randrange(6))]
    return [(name, word(chance)) for name in names for _ in range(chance.choice((1, 1, 1, 3)))]


def as_theirs(pairs: list[tuple[str, str]]) -> MultiDict:
    params = MultiDict()
    for name, value in pairs:
        params.setdefault(name, []).append(value)
    return params


def accepts(url: str, body: bytes, signature: str, **more: str) -> bool:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | more
    try:
        OURS.verify(url, body, {**headers, "X-Twilio-Signature": signature})
    except WebhookVerificationError:
        return False
    return True


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_random_forms_agree_with_twilio(algorithm: str) -> None:
    """Each side accepts what the other signs, and refuses it after a change."""
    settings = {"X-Twilio-Webhooks-Signature-Settings": f"key=k,algorithm={algorithm}"}
    for seed in range(COUNT):
        chance = random.Random(seed)
        url, pairs = random_url(chance), random_pairs(chance)
        body, params = urlencode(pairs).encode(), as_theirs(pairs)
        assert parse_qsl(body.decode(), keep_blank_values=True) == pairs
        theirs = THEIRS.compute_signature(url, params, algorithm)

        assert OURS.sign(url, params, algorithm=algorithm) == theirs
        assert THEIRS.validate(url, params, theirs, algorithm)
        assert accepts(url, body, theirs, **settings)
        changed = [*pairs, ("one", "more")]
        assert not THEIRS.validate(url, as_theirs(changed), theirs, algorithm)
        assert not accepts(url, urlencode(changed).encode(), theirs, **settings)


def test_ports_agree_with_twilio() -> None:
    """For any signed port and any seen port, both give the same result."""
    verdicts = []
    for seed in range(COUNT):
        chance = random.Random(seed)
        pairs = random_pairs(chance)
        signed_for, seen_as = (
            f"{chance.choice(('https', 'http'))}://a.example{port}/x"
            for port in chance.choices(("", ":443", ":80", ":8443"), k=2)
        )
        signature = THEIRS.compute_signature(signed_for, as_theirs(pairs))
        verdict = THEIRS.validate(seen_as, as_theirs(pairs), signature)
        assert accepts(seen_as, urlencode(pairs).encode(), signature) is verdict
        verdicts.append(verdict)
    assert 100 < sum(verdicts) < COUNT - 100


def test_json_bodies_agree_with_twilio() -> None:
    """Both take the hash of a JSON body from the URL."""
    for seed in range(COUNT):
        chance = random.Random(seed)
        text = f'{{"a": "{chance.getrandbits(64)}"}}'
        url = f"https://a.example/x?bodySHA256={hashlib.sha256(text.encode()).hexdigest()}"
        signature = THEIRS.compute_signature(url, {})
        for body in (text, text + " "):
            verdict = THEIRS.validate(url, body, signature)
            ours = accepts(url, body.encode(), signature, **{"Content-Type": "application/json"})
            assert ours is verdict is (body == text)
