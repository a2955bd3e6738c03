"""The store: what is remembered, one file a topic, plain SQL with named parameters.

Knows the model and the errors, no channel and no service. Only this floor imports a database driver. Every function
takes a `Tx`: who calls it decides what belongs into one transaction.

Where a new statement goes: into the file of the table it writes; a read over several tables into the file of the table
whose rows it returns. The outbox has several, by what becomes of a row: `unsent`, `sending`, `given_up`. Each owes a
test in `tests/store/`.

Example:
    >>> async with database.transaction() as tx:
    ...     person = await people.find_by_address(tx, address)
    ...     await journal.record(tx, clock.now(), Event.INQUIRY_OPENED, inquiry_id=inquiry.id)
"""
