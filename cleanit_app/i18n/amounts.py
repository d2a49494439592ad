"""Rupees in words' own terms: Indian grouping, the paise only when there are some."""

MINUS = "−"


def lakhs(number: int) -> str:
    """A whole number with Indian grouping: ``1234567`` is ``12,34,567``."""
    digits = str(abs(number))
    head, tail = digits[:-3], digits[-3:]
    groups = [tail]
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return (MINUS if number < 0 else "") + ",".join(groups)


def share(bps: int) -> str:
    """A share in basis points as percent, with the decimals it needs: ``5``, ``7.5``, ``12.25``."""
    whole, rest = divmod(bps, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def rupees(paise: int) -> str:
    """An amount in paise as ``₹1,23,456.50``; the paise are left out when they are zero."""
    whole, rest = divmod(abs(paise), 100)
    sign = MINUS if paise < 0 else ""
    return f"{sign}₹{lakhs(whole)}" + (f".{rest:02d}" if rest else "")
