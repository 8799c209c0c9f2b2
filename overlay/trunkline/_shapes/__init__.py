"""The shapes of responses: which fields, types, statuses and enum values a server really sends.

    observer.record(...)            one folder's counts in this process     observer
    -> ContractShapes.begin         statuses; selects sampled responses     contract
    -> Place.record, ObjectNode     counts values by location               places, objects
    -> schemas.Schemas              what the contract allows there          schemas
    -> files.write                  bounded JSON, one file per process      files

Counts are plain JSON objects that ``counts.merge`` adds up. Only ``names`` decides which text of a
response may be written. The engine imports this only when ``observe=`` is given.
"""
