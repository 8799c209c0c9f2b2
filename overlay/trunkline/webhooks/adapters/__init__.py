"""One module per framework; each connects a ``WebhookEndpoint``.

``asgi`` and ``wsgi`` need nothing but the standard library; ``starlette`` (also for FastAPI),
``flask``, ``django`` and ``aiohttp`` need their framework, which the extra of that name installs.
"""
