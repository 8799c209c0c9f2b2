"""One module for each sender of webhooks; every class is a name of :mod:`trunkline.webhooks`."""
