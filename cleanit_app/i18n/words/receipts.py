"""What a receipt says on paper, ``paper.<line>``."""

WORDS: dict[str, tuple[str, str]] = {
    "paper.title": ("Receipt", "रसीद"),
    "paper.from": ("From", "किसने दिए"),
    "paper.date": ("Date", "तारीख़"),
    "paper.campaign": ("Cleanup", "सफ़ाई"),
    "paper.place": ("Place", "जगह"),
    "paper.upi": ("UPI or bank ref", "UPI या बैंक संदर्भ"),
    "paper.payment": ("Payment", "भुगतान"),
    "paper.method": ("Paid by", "कैसे दिया"),
    "paper.kept": ("For this cleanup", "इस सफ़ाई के लिए"),
    "paper.back": ("Coming back", "वापस"),
    "paper.back_line": ("{amount}, {state}, by {day}", "{amount}, {state}, {day} तक"),
    "paper.back_done": ("{amount}, {state} on {day}", "{amount}, {day} को {state}"),
    "paper.state": ("The money is", "पैसा अभी"),
    "paper.asked": ("As of", "इस समय"),
    "paper.state_HELD": ("held until the work is checked", "काम की जाँच तक जमा है"),
    "paper.state_PAID_OUT": ("paid to the cleaner", "सफ़ाईकर्मी को मिल गया"),
    "paper.state_REFUND_ON_THE_WAY": ("on the way back to you", "आपके पास वापस आ रहा है"),
    "paper.state_REFUND_STUCK": ("stuck on its way back, we are on it", "वापसी में अटका है, हम देख रहे हैं"),
    "paper.state_REFUNDED": ("back with you", "आपको वापस मिल गया"),
    "paper.not_80g": (
        "This is not an 80G donation receipt.",
        "यह 80G के तहत दान की रसीद नहीं है।",
    ),
    "paper.living": (
        "Open this receipt again in Cleanit to see where the money is then.",
        "आगे पैसा कहाँ है, यह देखने के लिए क्लीनइट में रसीद फिर से खोलें।",
    ),
}
