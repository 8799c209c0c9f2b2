import json
import sys

import click

from voice_client import models
from voice_client.api.calls import get_call, list_calls
from voice_client.api.numbers import list_numbers
from voice_client.client import AuthenticatedClient
from voice_client.errors import UnexpectedStatus

COLUMNS = ("id", "to", "price")


class App:
    def __init__(self, token: str) -> None:
        self.voice = AuthenticatedClient(base_url="https://voice.example", token=token)

    def call(self, call_id: str) -> "models.Call":
        if (found := get_call.sync(call_id, client=self.voice)) is None:
            raise click.ClickException("no such call")
        return found


pass_app = click.make_pass_decorator(App)


@click.group()
@click.option("--token", envvar="VOICE_TOKEN", required=True)
@click.pass_context
def cli(ctx: click.Context, token: str) -> None:
    ctx.obj = App(token)


@cli.command()
@click.argument("call_id")
@pass_app
def price(app: App, call_id: str) -> None:
    click.echo(getattr(app.call(call_id), "price"))  # hit: price


@cli.command()
@click.argument("call_id")
@click.option("--field", default="id")
@pass_app
def field(app: App, call_id: str, field: str) -> None:
    click.echo(getattr(app.call(call_id), field))


@cli.command()
@click.option("--status", type=click.Choice([s.value for s in models.CallStatus]))
@pass_app
def listed(app: App, status: "str | None") -> None:
    wanted = models.CallStatus(status) if status else models.CallStatus("ringing")  # hit: ringing
    page = list_calls.sync(client=app.voice, status=wanted)
    for call in page.items if page else ():
        row = {name: value for name, value in call.to_dict().items() if name in COLUMNS}
        json.dump(row, sys.stdout)
        click.secho(call.status.value, fg="green" if call.status is models.CallStatus.ACTIVE else None)


@cli.command()
@pass_app
def regions(app: App) -> None:
    try:
        numbers = list_numbers.sync(client=app.voice)
    except UnexpectedStatus as error:
        raise click.ClickException(str(error)) from error
    for region in sorted({number.region for number in numbers or []}):  # hit: region
        click.echo(region)


@cli.command()
@click.argument("ids", nargs=-1)
@pass_app
def average(app: App, ids: tuple[str, ...]) -> None:
    calls = [app.call(each) for each in ids]
    if not (total := sum(call.duration for call in calls)):  # hit: duration
        return
    click.echo(f"{total / len(calls):.1f}")


@cli.result_callback()
def done(result: object, **_: object) -> None:
    word = getattr(result, "price", "")
    click.echo(word)
