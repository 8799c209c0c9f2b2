"""The engine: what every request of every provider goes through.

    client.calls.create(...)             the provider's method checks arguments     client/validation
    -> generated endpoint function       makes method, path and JSON of them        (generated code)
    -> Session.request                   asked as an httpx client                   session/_async/session
    -> RequestBuilder.build_request      headers, credential, body: once            session/request_builder
    -> Session.send_request              the retry loop; RetryPolicy decides        session/retry_policy
    -> Transport.handle_request          one attempt: ConnectionPool, or httpx      transport/_async/
    -> HTTP11Connection.send_request     bytes out, head in; sent and deadline      transport/_async/http11
    <- Response.read -> model or error   decoded body, or the provider's error      session/error_mapping

Imports go down only: client, session, transport, then proxies, models, cooldown, options, provider,
urls, headers and runtime. The sync twins in each ``_sync`` are derived from ``_async``.
"""
