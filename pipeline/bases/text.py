"""What became of entries that were sent, in a line."""

from collections import Counter
from collections.abc import Iterable

from pipeline.bases.entries import Fate, Taken
from pipeline.pages.wording import counted


def summary(taken: Iterable[Taken]) -> str:
    """Return `3 anotaciones guardadas, 1 que ya estaba, 1 rechazada.`"""
    fates = Counter(one.estado for one in taken)
    parts = [counted(fates[Fate.STORED], "anotación guardada", "anotaciones guardadas")]
    if fates[Fate.KNOWN]:
        parts.append(counted(fates[Fate.KNOWN], "que ya estaba", "que ya estaban"))
    if fates[Fate.REFUSED]:
        parts.append(counted(fates[Fate.REFUSED], "rechazada", "rechazadas"))
    return f"{', '.join(parts)}."
