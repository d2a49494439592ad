"""Words of the pages anybody can open."""

WORDS: dict[str, tuple[str, str]] = {
    # cards
    "card.photo_before": ("{place}, before the cleanup", "{place}, सफ़ाई से पहले"),
    "card.photo_after": ("{place}, after the cleanup", "{place}, सफ़ाई के बाद"),
    "card.claimed": ("Claimed", "काम लिया गया"),
    "card.goes_ahead": ("Past {house.go_ahead}%: this cleanup will go ahead", "{house.go_ahead}% पार: यह सफ़ाई होगी"),
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
        "One photo, the place on the map, and a target from {house.least_target} to {house.most_target}.",
        "एक फ़ोटो, नक़्शे पर जगह, और {house.least_target} से {house.most_target} तक की रक़म।",
    ),
    "home.step2": ("Neighbours chip in", "पड़ोसी पैसा जोड़ते हैं"),
    "home.step2_text": (
        "By UPI or card. The money is held, not spent. At {house.go_ahead}% the work can go ahead.",
        "UPI या कार्ड से। पैसा जमा रहता है, ख़र्च नहीं होता। {house.go_ahead}% पर काम हो सकता है।",
    ),
    "home.step3": ("A cleaner does it", "सफ़ाईकर्मी काम करते हैं"),
    "home.step3_text": (
        "They have {house.claim_days} days, then send an after-photo taken at the same spot.",
        "{house.claim_days} दिन का समय, फिर उसी जगह से बाद की फ़ोटो।",
    ),
    "home.step4": ("We check, they get paid", "हम जाँचते हैं, उन्हें पैसा मिलता है"),
    "home.step4_text": (
        "A person compares both photos. The cleaner gets {house.cleaner_share}%. Cleanit keeps {house.fee_share}%.",
        "एक व्यक्ति दोनों फ़ोटो मिलाता है। {house.cleaner_share}% सफ़ाईकर्मी को, {house.fee_share}% क्लीनइट को।",
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
    # cleaned places
    "cleaned.title": ("Cleaned places", "साफ़ हुई जगहें"),
    "cleaned.lead": (
        "Each of these was dirty, paid for by its neighbours, cleaned, and checked by a person.",
        "ये सब गंदी थीं। पड़ोसियों ने पैसा दिया, सफ़ाई हुई, और एक व्यक्ति ने जाँचा।",
    ),
    "cleaned.line": ("{name} cleaned it for {amount}, closed {day}", "{name} ने {amount} में साफ़ की, {day} को पूरी"),
    "cleaned.none": ("No place is done yet", "अभी कोई जगह पूरी नहीं हुई"),
    "cleaned.none_more": (
        "The first before and after will stand here.",
        "पहली पहले-और-बाद की फ़ोटो यहाँ होगी।",
    ),
    # ledger
    "ledger.title": ("Money ledger", "पैसे का हिसाब"),
    "ledger.lead": (
        "Every rupee is in one of three places. These figures are added up from our books each time the page opens.",
        "हर रुपया इन तीन में से एक जगह है। पन्ना खुलते ही ये रक़में हमारे बहीखाते से जोड़ी जाती हैं।",
    ),
    "ledger.held_note": ("until the work is checked", "काम की जाँच तक"),
    "ledger.last": ("Last movements", "पिछले लेन-देन"),
    "ledger.last_note": (
        "The newest 50, without names. Open one to see its cleanup.",
        "सबसे नए 50, बिना नाम के। सफ़ाई देखने के लिए खोलें।",
    ),
    "ledger.CONTRIBUTION.COMPLETED": ("A neighbour gave", "एक पड़ोसी ने दिया"),
    "ledger.CONTRIBUTION.PROCESSING": ("A neighbour is paying", "एक पड़ोसी दे रहे हैं"),
    "ledger.CONTRIBUTION.FAILED": ("A payment did not go through", "एक भुगतान नहीं हुआ"),
    "ledger.PAYOUT.COMPLETED": ("Paid to a cleaner", "सफ़ाईकर्मी को मिला"),
    "ledger.PAYOUT.PROCESSING": ("On the way to a cleaner", "सफ़ाईकर्मी को जा रहा है"),
    "ledger.PAYOUT.FAILED": ("Came back from the bank", "बैंक से लौट आया"),
    "ledger.REFUND.COMPLETED": ("Refunded to a neighbour", "पड़ोसी को वापस मिला"),
    "ledger.REFUND.PROCESSING": ("Refund on the way", "पैसा वापस जा रहा है"),
    "ledger.REFUND.FAILED": ("Refund came back, we send it again", "वापसी लौट आई, फिर भेज रहे हैं"),
    "ledger.none": ("No money has moved yet", "अभी कोई लेन-देन नहीं"),
    "ledger.none_more": ("The first rupee will stand here.", "पहला रुपया यहाँ दिखेगा।"),
    # any address without a page
    "lost.title": ("There is nothing at this address", "इस पते पर कुछ नहीं है"),
    "lost.text": (
        "The link may be old or broken. Nothing of yours is lost.",
        "लिंक पुराना या ग़लत हो सकता है। आपका कुछ नहीं खोया।",
    ),
    "lost.home": ("To the first page", "पहले पन्ने पर"),
    # how it works
    "how.step1_more": (
        "We look at the first cleanup of each person by hand before neighbours see it.",
        "हर व्यक्ति की पहली सफ़ाई हम ख़ुद देखते हैं, फिर पड़ोसियों को दिखती है।",
    ),
    "how.step2_more": (
        "You can give from {house.least_contribution}, with your name or without. The receipt is ready at once.",
        "{house.least_contribution} से दे सकते हैं, नाम के साथ या बिना। रसीद तुरंत मिलती है।",
    ),
    "how.step3_more": (
        "If time runs out, the job goes to somebody else. If the photo is not good enough, they do it again.",
        "समय निकल जाए तो काम किसी और को मिलता है। फ़ोटो ठीक न हो तो दोबारा करते हैं।",
    ),
    "how.step4_more": (
        "The pay leaves {house.cooling_hours} hours later, so that neighbours can tell us if something is wrong.",
        "पैसा {house.cooling_hours} घंटे बाद जाता है, ताकि पड़ोसी गड़बड़ बता सकें।",
    ),
    "how.rail1": ("Held safely", "सुरक्षित जमा"),
    "how.money": ("Where your money is", "आपका पैसा कहाँ रहता है"),
    "how.money_text": (
        "It is held for the one cleanup you chose. Nobody can spend it before a person has checked the work.",
        "उसी सफ़ाई के लिए जमा रहता है जो आपने चुनी। एक व्यक्ति के काम जाँचने से पहले कोई ख़र्च नहीं कर सकता।",
    ),
    "how.kerb": (
        "The post stands at {house.go_ahead}%. At {house.go_ahead}% or more on the closing day the cleanup"
        " goes ahead; below, all are refunded.",
        "खंभा {house.go_ahead}% पर है। आख़िरी दिन {house.go_ahead}% या ज़्यादा हो तो सफ़ाई होती है; कम हो तो सबका पैसा वापस।",
    ),
    "how.split": ("Out of {total}", "{total} में से"),
    "how.cleaners": ("For cleaners", "सफ़ाईकर्मियों के लिए"),
    "how.cleaner1": (
        "You see the pay before you take a job: {house.cleaner_share}% of what was raised.",
        "काम लेने से पहले रक़म दिखती है: जुड़े पैसे का {house.cleaner_share}%।",
    ),
    "how.cleaner2": (
        "You have {house.claim_days} days, and up to {house.claim_limit} jobs in hand.",
        "{house.claim_days} दिन का समय, और एक साथ {house.claim_limit} काम तक।",
    ),
    "how.cleaner3": (
        "You take the after-photo at the spot, with location on.",
        "बाद की फ़ोटो जगह पर ही लें, लोकेशन चालू रखकर।",
    ),
    "how.cleaner4": (
        "The money reaches your bank or UPI after the check and {house.cooling_hours} hours.",
        "जाँच और {house.cooling_hours} घंटे के बाद पैसा बैंक या UPI में आता है।",
    ),
    "how.cleaner5": (
        "Not possible after all? Leave the job up to {house.unclaim_hours} hours before the end.",
        "नहीं हो पाएगा? आख़िरी {house.unclaim_hours} घंटे से पहले काम छोड़ सकते हैं।",
    ),
    "how.join": ("Join as a cleaner", "सफ़ाईकर्मी बनकर जुड़ें"),
    "how.questions": ("When something goes wrong", "कुछ गड़बड़ हो तो"),
    "how.q_short": ("What if too little money comes?", "पैसा कम जुड़े तो?"),
    "how.a_short": (
        "Below {house.go_ahead}% on the closing day everyone gets all of it back, to the same UPI or card,"
        " in {house.refund_days_least} to {house.refund_days_most} working days.",
        "आख़िरी दिन {house.go_ahead}% से कम हो तो सबको पूरा पैसा उसी UPI या कार्ड पर वापस,"
        " {house.refund_days_least} से {house.refund_days_most} कामकाजी दिन में।",
    ),
    "how.q_nobody": ("What if no cleaner comes?", "कोई सफ़ाईकर्मी न आए तो?"),
    "how.a_nobody": (
        "The job stays open for {house.job_days} days. If nobody finishes it, every rupee goes back.",
        "काम {house.job_days} दिन खुला रहता है। कोई पूरा न करे तो हर रुपया वापस।",
    ),
    "how.q_bad": ("What if the work is bad?", "काम ठीक न हो तो?"),
    "how.a_bad": (
        "Then we do not accept the photo, and nobody is paid. The cleaner does it again, or somebody else does.",
        "तब फ़ोटो पास नहीं होती और किसी को पैसा नहीं मिलता। वही दोबारा करते हैं, या कोई और।",
    ),
    "how.q_late": ("I paid and the page still waits. Pay again?", "भुगतान किया पर पन्ना रुका है। दोबारा दूँ?"),
    "how.a_late": (
        "No. Your bank may answer late. The page changes by itself; money that comes too late goes back by itself.",
        "नहीं। बैंक का जवाब देर से आ सकता है। पन्ना अपने आप बदलता है; देर से आया पैसा अपने आप लौटता है।",
    ),
    "how.q_own": ("Why can I not pay into my own cleanup?", "अपनी सफ़ाई में पैसा क्यों नहीं दे सकता?"),
    "how.a_own": (
        "So that a target shows what neighbours really want. Share it with them instead.",
        "ताकि रक़म पड़ोसियों की असली इच्छा दिखाए। इसे उनके साथ साझा करें।",
    ),
    "how.q_hidden": ("Can I give without my name?", "बिना नाम के दे सकते हैं?"),
    "how.a_hidden": (
        "Yes, each time you give. Neighbours then see “A neighbour” and the amount.",
        "हाँ, हर बार। तब पड़ोसियों को “एक पड़ोसी” और रक़म दिखती है।",
    ),
    "how.q_sms": ("I got an SMS or a call about my money.", "पैसे के बारे में SMS या कॉल आया।"),
    "how.a_sms": (
        "That was not us. Cleanit writes to you here and nowhere else. Do not pay and do not tell anybody a code.",
        "वह हम नहीं थे। क्लीनइट सिर्फ़ यहीं लिखता है। पैसा न दें और कोई कोड न बताएँ।",
    ),
}
