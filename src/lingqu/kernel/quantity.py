"""Quantity: whole base units. A pack is an exact number of them, so no conversion ever rounds."""


def to_base(packs: int, units_per_pack: int) -> int:
    """Turn packs into base units.

    Raises: ValueError if ``packs`` is negative or ``units_per_pack`` is not positive.
    """
    if packs < 0 or units_per_pack <= 0:
        raise ValueError("packs must not be negative and a pack must hold something")
    return packs * units_per_pack


def to_packs(base: int, units_per_pack: int) -> tuple[int, int]:
    """Turn base units into whole packs and the loose rest.

    Raises: ValueError if ``base`` is negative or ``units_per_pack`` is not positive.
    """
    if base < 0 or units_per_pack <= 0:
        raise ValueError("base must not be negative and a pack must hold something")
    return divmod(base, units_per_pack)
