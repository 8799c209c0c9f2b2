"""Objects of other libraries with the same names: nothing here is hit unless it is marked."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline import Pamela


@dataclass
class Article:
    summary: str
    call_count: int = 0
    timeout_ms: int = 0


class Orders:
    def cancel(self, order_id: str) -> None:
        print(order_id)

    def create(self, *, to: str, task: str, country: str) -> Article:
        return Article(f"{to} {task} {country}")


class Shop:
    def __init__(self) -> None:
        self.calls = Orders()
        self.pamela = Pamela()

    def work(self) -> None:
        article = self.calls.create(to="a", task="b", country="c")
        self.calls.cancel(article.summary)
        print(article.call_count, article.timeout_ms)
        self.pamela.calls.cancel("c1")  # hit: cancel_call

    def reassigned(self) -> None:
        thing = self.pamela.calls.get("c1")
        print(thing.summary)  # hit: summary
        thing = Article("x")
        print(thing.summary)


def either(shop: Shop | None, article: Article) -> str:
    service = shop.pamela if shop else None
    if service is None:
        return article.summary
    return service.calls.get("c1").summary or article.summary  # hit: summary
