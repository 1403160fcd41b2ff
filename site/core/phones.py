"""Telephone numbers as people write them."""


def digits_to_dial(phone: str) -> str:
    """What a `tel:` link dials."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
