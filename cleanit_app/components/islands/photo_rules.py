"""What the scripts need to know of pictures, from the domain: the same numbers judge on the phone and here."""

from cleanit_app.domain.pictures import BLURRY_BELOW, DARK_BELOW, LOOKED_AT_WIDTH, SENT_BYTES, WIDTHS


def photo_rules() -> dict[str, float]:
    """Sides in px, the size to stay below in bytes, and below which light and sharpness a photo is weak (JOB-10)."""
    return {
        "side": WIDTHS[-1],
        "sentBytes": SENT_BYTES,
        "lookedAt": LOOKED_AT_WIDTH,
        "darkBelow": DARK_BELOW,
        "blurryBelow": BLURRY_BELOW,
    }
