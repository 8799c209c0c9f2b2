"""The shapes of answers: which fields, types, statuses and enum values a server really sends.

    observer.record(...)            one folder's counts in this process     observer
    -> ContractShapes.begin         statuses, and which answers are sampled contract
    -> Place.record, ObjectNode     counts what stands where                places, objects
    -> schemas.Schemas              what the contract allows there          schemas
    -> files.write                  bounded JSON, one file a process        files

Counts are plain JSON objects that ``counts.merge`` adds up. What may be written of an answer's own
text is decided in ``names`` alone. The engine imports this when ``observe=`` is given, not before.
"""
