"""What can go wrong, and what to do about it."""

from trunkline import AmbiguousResultError, APIError, StateSetVoice
from trunkline.errors import RateLimitError

with StateSetVoice(max_retries=1) as stateset:
    try:
        stateset.make_call(to="+15555550123", agent_key="support_primary", key="ticket-17")
    except RateLimitError as error:
        print(f"come back in {error.retry_after} s")
    except AmbiguousResultError as error:
        print(f"{error.key}: look into the call logs before calling again")
    except APIError as error:
        print(f"{error} - give {error.request_id} to the vendor's support")
    else:
        print("placed")
