"""Compound files (OLE2) made by hand: an old XLS and an encrypted XLSX for the tests."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(name: str, stream: bytes) -> bytes:
    """Make a compound file with one stream, padded to whole sectors and past the mini cutoff."""
    data = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(data) // SECTOR
    first = 2  # sector 0 is the FAT, 1 the directory
    chain = [FAT, END, *range(first + 1, first + count), END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    root = _entry("Root Entry", 5, END, 0, child=1)
    entry = _entry(name, 2, first, len(data))
    directory = (root + entry).ljust(SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    return header + fat + directory + data


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    entry += struct.pack("<III", FREE, FREE, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)


def xls(rows: list[list[str | float]]) -> bytes:
    """Make a BIFF8 workbook with one sheet of texts and numbers."""
    sheet = _bof(0x10)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                raw = cell.encode("utf-16-le")
                sheet += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + raw)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", cell))
    sheet += _record(0x0A, b"")
    title = "Лист1".encode("utf-16-le")
    book = _bof(0x05)
    bound_size = 4 + 4 + 2 + 2 + len(title)
    offset = len(book) + bound_size + 4
    bound = struct.pack("<IBBBB", offset, 0, 0, len(title) // 2, 1) + title
    book += _record(0x85, bound) + _record(0x0A, b"")
    assert len(book) == offset
    return compound("Workbook", book + sheet)


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))
