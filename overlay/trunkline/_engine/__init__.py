"""The engine: what every request of every provider goes through.

    client.calls.create(...)           checks arguments                client/validation
    -> generated endpoint function     method, path and JSON           (generated code)
    -> Session.request                 stands in for httpx.Client      session/_async/session
    -> RequestBuilder.build_request    headers, credential, body       session/request_builder
    -> Session.send_request            the only retry loop             session/retry_policy
    -> Transport.handle_request        one attempt: pool or httpx      transport/_async/
    -> HTTP11Connection.send_request   bytes out, head in, deadline    transport/_async/http11
    <- Response.read, model or error   decodes, or maps the failure    session/error_mapping

Imports go down only: client, session, transport, then proxies, models, cooldown, options, provider,
urls, headers and runtime. The sync twins in each ``_sync`` are derived from ``_async``.
"""
