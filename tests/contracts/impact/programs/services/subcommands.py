import argparse
import sys
from contextlib import ExitStack

from trunkline import Pamela, TrunklineError
from trunkline.pamela import CallStatus


def cmd_ring(client: Pamela, args: argparse.Namespace) -> int:
    extra = {}
    if args.country:
        extra = {"country": args.country}
    call = client.calls.create(args.number, args.task, **extra)  # hit: consent
    print(call.id)
    return 0


def cmd_ring_abroad(client: Pamela, args: argparse.Namespace) -> int:
    call = client.calls.create(
        to=args.number,
        task=args.task,
        country=args.country,  # hit: country
        consent=True,
    )
    print(call.id)
    return 0


def cmd_show(client: Pamela, args: argparse.Namespace) -> int:
    call = client.calls.get(args.call_id)
    print(f"{call.id}: {call.summary!r}")  # hit: summary
    if call.status == CallStatus.COMPLETED:  # hit: no_answer
        print("done")
    elif call.status == CallStatus.FAILED:
        print("failed")
    return 0


def cmd_cancel(client: Pamela, args: argparse.Namespace) -> int:
    for each in args.call_ids:
        client.calls.cancel(each)  # hit: cancel_call
    return 0


def cmd_usage(client: Pamela, args: argparse.Namespace) -> int:
    usage = client.usage.get(args.month)
    total = sum(filter(None, (usage.call_count, usage.api_minutes)))  # hit: call_count, api_minutes
    print(total)
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser()
    commands = found.add_subparsers(required=True)
    for name, function in (("ring", cmd_ring), ("show", cmd_show), ("cancel", cmd_cancel)):
        commands.add_parser(name).set_defaults(func=function)
    return found


def main() -> int:
    args = parser().parse_args()
    with ExitStack() as stack:
        client = stack.enter_context(Pamela())
        try:
            return args.func(client, args)
        except TrunklineError as error:
            print(error, file=sys.stderr)
            return 1
    return 0
