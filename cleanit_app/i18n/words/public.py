"""Words of the pages anybody can open."""

WORDS: dict[str, tuple[str, str]] = {
    # cards
    "card.photo_before": ("{place}, before the cleanup", "{place}, सफ़ाई से पहले"),
    "card.photo_after": ("{place}, after the cleanup", "{place}, सफ़ाई के बाद"),
    "card.claimed": ("Claimed", "काम लिया गया"),
    "card.goes_ahead": ("Past 80%: this cleanup will go ahead", "80% पार: यह सफ़ाई होगी"),
    "card.needs": ("{amount} more and it goes ahead", "{amount} और, फिर सफ़ाई पक्की"),
    "card.cleaner_on_it": ("{name} is cleaning it", "{name} सफ़ाई कर रहे हैं"),
    "card.cleaner_wanted": ("A cleaner can take it now", "अब सफ़ाईकर्मी काम ले सकते हैं"),
    "card.being_checked": ("We are checking the photo", "फ़ोटो की जाँच हो रही है"),
    "card.cleaned_by": ("Cleaned by {name}", "{name} ने साफ़ किया"),
    # home
    "home.title": ("Your street, clean. Paid for by its people.", "आपकी गली, साफ़। पैसा गली वालों का।"),
    "home.lead": (
        "Photograph a dirty spot and set a price. Neighbours chip in over UPI. A cleaner does the work, and gets"
        " paid only after we check the after-photo.",
        "गंदी जगह की फ़ोटो लें और रक़म तय करें। पड़ोसी UPI से पैसा जोड़ते हैं। सफ़ाईकर्मी काम करते हैं और"
        " बाद की फ़ोटो की जाँच के बाद ही पैसा मिलता है।",
    ),
    "home.photograph": ("Photograph a dirty spot", "गंदी जगह की फ़ोटो लें"),
    "home.fund": ("See what needs money", "देखें कहाँ पैसा चाहिए"),
    "home.promise": (
        "If a cleanup does not go ahead, everyone is refunded.",
        "सफ़ाई न हो तो सबका पैसा वापस।",
    ),
    "home.money": ("Where all the money is", "सारा पैसा कहाँ है"),
    "home.money_note": ("From our books, this minute.", "हमारे बहीखाते से, इसी मिनट।"),
    "home.money_link": ("Follow it", "पूरा हिसाब"),
    "home.held": ("Held safely", "सुरक्षित जमा"),
    "home.held_note": ("for {n} open cleanups", "{n} चालू सफ़ाइयों के लिए"),
    "home.paid": ("Paid to cleaners", "सफ़ाईकर्मियों को मिला"),
    "home.paid_note": ("for {n} places cleaned", "{n} जगहों की सफ़ाई के लिए"),
    "home.refunded": ("Refunded", "वापस दिया"),
    "home.refunded_note": ("to people, in full", "लोगों को, पूरा"),
    "home.near": ("Cleanups that need money", "इन सफ़ाइयों को पैसा चाहिए"),
    "home.near_you": ("Near you", "आपके पास"),
    "home.all": ("See all cleanups", "सब सफ़ाइयाँ देखें"),
    "home.before_on": ("Before, {day}", "पहले, {day}"),
    "home.after_on": ("After, checked {day}", "बाद में, {day} को जाँचा"),
    "home.none": ("No cleanups here yet", "यहाँ अभी कोई सफ़ाई नहीं"),
    "home.none_more": ("Be the first on your street to start one.", "अपनी गली में सबसे पहले आप शुरू करें।"),
    "home.how": ("How it works", "कैसे चलता है"),
    "home.step1": ("Show the spot", "जगह दिखाएँ"),
    "home.step1_text": (
        "One photo, the place on the map, and a target from ₹500 to ₹50,000.",
        "एक फ़ोटो, नक़्शे पर जगह, और ₹500 से ₹50,000 तक की रक़म।",
    ),
    "home.step2": ("Neighbours chip in", "पड़ोसी पैसा जोड़ते हैं"),
    "home.step2_text": (
        "By UPI or card. The money is held, not spent. At 80% the work can go ahead.",
        "UPI या कार्ड से। पैसा जमा रहता है, ख़र्च नहीं होता। 80% पर काम हो सकता है।",
    ),
    "home.step3": ("A cleaner does it", "सफ़ाईकर्मी काम करते हैं"),
    "home.step3_text": (
        "They have 7 days, then send an after-photo taken at the same spot.",
        "7 दिन का समय, फिर उसी जगह से बाद की फ़ोटो।",
    ),
    "home.step4": ("We check, they get paid", "हम जाँचते हैं, उन्हें पैसा मिलता है"),
    "home.step4_text": (
        "A person compares both photos. The cleaner gets 95%. Cleanit keeps 5%.",
        "एक व्यक्ति दोनों फ़ोटो मिलाता है। 95% सफ़ाईकर्मी को, 5% क्लीनइट को।",
    ),
    # discover
    "discover.title": ("Cleanups", "सफ़ाइयाँ"),
    "discover.almost": ("Almost there", "बस थोड़ा और"),
    "discover.ending": ("Ending soon", "जल्द बंद"),
    "discover.new": ("New", "नई"),
    "discover.cleaned": ("Cleaned", "साफ़ हुईं"),
    "discover.near": ("Near me", "मेरे पास"),
    "discover.km": ("Within {n} km", "{n} किमी में"),
    "discover.any_distance": ("Any distance", "कितनी भी दूर"),
    "discover.map": ("Map", "नक़्शा"),
    "discover.list": ("List", "सूची"),
    "discover.more": ("Show more", "और दिखाएँ"),
    "discover.nothing": ("Nothing found for “{q}”", "“{q}” के लिए कुछ नहीं मिला"),
    "discover.nothing_more": (
        "Try the name of an area, a street or a PIN code.",
        "इलाक़े या गली का नाम, या पिन कोड लिखें।",
    ),
    "discover.abroad": (
        "Your phone says you are outside India. These are the nearest cleanups all the same.",
        "फ़ोन के मुताबिक़ आप भारत से बाहर हैं। फिर भी सबसे पास की सफ़ाइयाँ ये हैं।",
    ),
    "discover.failed": ("We could not load the list.", "सूची नहीं खुल पाई।"),
    "discover.failed_safe": ("Your money is safe. Try again.", "आपका पैसा सुरक्षित है। फिर कोशिश करें।"),
}
