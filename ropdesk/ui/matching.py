"""How well a name answers to a few typed letters."""


def score(query: str, text: str) -> int | None:
    """Return how well `text` answers: higher is better, `None` not at all.

    Every word typed must be found: at the start of a word (best), inside one, or, for the whole
    query, as letters in order («вф» finds «Внести факт»). «ё» and case do not matter.
    """
    wanted, have = _plain(query), _plain(text)
    if not wanted:
        return 0
    words = have.replace("-", " ").split()
    total = 0
    for part in wanted.split():
        if any(word.startswith(part) for word in words):
            total += 100
        elif part in have:
            total += 60
        else:
            total = -1
            break
    if total >= 0:
        return total + (50 if have.startswith(wanted) else 0) - len(have) // 10
    letters = wanted.replace(" ", "")
    if letters == "".join(word[0] for word in words)[: len(letters)]:
        return 40
    return 10 if _in_order(letters, have) else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _in_order(letters: str, text: str) -> bool:
    """Say whether the letters stand in the text one after another, not too far apart."""
    place = -1
    for letter in letters:
        found = text.find(letter, place + 1)
        if found < 0 or (place >= 0 and found - place > 6):
            return False
        place = found
    return True
