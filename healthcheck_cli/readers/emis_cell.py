"""The cell in which EMIS Web writes a medicine in one: name, dosage and quantity, with commas between and within."""

from __future__ import annotations

import re
from functools import lru_cache

from healthcheck_cli.medicines.product_form import is_form_word

_SEPARATOR = re.compile(r",\s+")
_WORD = re.compile(r"[a-z]+")
_UNITS = (
    r"tablets?|tabs?|capsules?|caps?|caplets?|ml|millilitres?|litres?|g|grams?|kg|mg|micrograms?|units?|dose(?:s)?|"
    r"patch(?:es)?|sachets?|vials?|ampoules?|amps?|syringes?|suppositor(?:y|ies)|pessar(?:y|ies)|lozenges?|"
    r"pastilles?|packs?|op|bottles?|tubes?|devices?|inhalers?|sprays?|drops?|nebules?|enemas?|bags?|applications?|"
    r"cartridges?|pens?|films?|implants?|plasters?|dressings?|wafers?|pieces?|items?|unit doses?|"
    r"(?:pre-?filled |disposable )+(?:injections?|pens?|syringes?|devices?|cartridges?)"
)
_QUANTITY = re.compile(
    rf"\d[\d.,]*(?:\s*[x×]\s*\d[\d.,]*)?\s*(?:(?:{_UNITS})(?:\(s\))?(?:\s+of\s+\d[\d.]*\s*(?:{_UNITS})(?:\(s\))?)?"
    r"(?:\s*[-(].*)?)?",
    re.IGNORECASE,
)
_DIRECTIONS = re.compile(
    r"\d|½|¼|¾|(?:take|apply|use|using|inhale|inject|insert|give|given|instil|swallow|dissolve|chew|spray|place|put|"
    r"change|replace|add|mix|rub|massage|wash|one|two|three|four|five|six|half|quarter|an?|i{1,3}|"
    r"as\s+(?:directed|required|needed|per)|to\s+be|when|if|prn|mdu|od|bd|tds|qds|om|on|nocte|mane|stat|daily|once|twice|"
    r"every|each|at|in|for|up\s+to|the|hospital|not\s+to|do\s+not|morning|night|weekly|monthly|alternate|after|before|"
    r"with|via)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(  # a further part of the name, as older names have it
    r"sugar free\b.*|solution \d.*|\d[\d.]* ml (?:\([^)]*\) )?(?:ampoule|vial|pre-filled syringe)\b.*",
    re.IGNORECASE,
)
_OF_A_PACK = re.compile(r"(?:.*\(starter pack\) )?\d+ x \d+ ?mg", re.IGNORECASE)


@lru_cache(maxsize=50_000)  # an extract repeats the same few thousand cells
def split_cell(text: str) -> tuple[str, str, str]:
    """The product, the dosage and the quantity in one cell; a part that is not there is empty.

    The quantity is the last part if it is an amount and nothing else. The product ends at the first comma after the
    form of the medicine (tablets, oral solution) or a closing bracket, or where directions begin.

    >>> split_cell("Glycerin, Honey and Lemon linctus, 10ml Four Times A Day, when required, 200 ml")
    ('Glycerin, Honey and Lemon linctus', '10ml Four Times A Day, when required', '200 ml')
    >>> split_cell("Laxido Orange oral powder sachets sugar free")
    ('Laxido Orange oral powder sachets sugar free', '', '')
    """
    parts = _SEPARATOR.split(text.strip().rstrip(","))
    quantity = parts.pop() if len(parts) > 1 and _QUANTITY.fullmatch(parts[-1].strip()) else ""
    end = 1
    while end < len(parts) and _is_of_the_name(parts[end], parts[end - 1]):
        end += 1
    return ", ".join(parts[:end]).strip(), ", ".join(parts[end:]).strip(), quantity.strip()


def _is_of_the_name(part: str, before: str) -> bool:
    """Does the name go on in this part? It ended before where a form or a closing bracket was."""
    if _GOES_ON.fullmatch(part) or (_OF_A_PACK.fullmatch(part) and _OF_A_PACK.fullmatch(before)):
        return True
    ended = before.rstrip().endswith((")", "]")) or any(map(is_form_word, _WORD.findall(before.casefold())))
    return not ended and not _DIRECTIONS.match(part)
