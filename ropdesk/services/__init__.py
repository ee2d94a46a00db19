"""What can be done: one public function is one question or one undoable operation.

Every function takes the open `Workspace` first and answers with frozen dataclasses. Questions read
through ``ws.read()``; changes run in one ``ws.operation(...)``.
"""
