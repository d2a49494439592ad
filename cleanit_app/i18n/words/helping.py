"""Words of the help page."""

WORDS: dict[str, tuple[str, str]] = {
    "help.title": ("Help", "मदद"),
    "help.lead": (
        "Short answers first. If yours is not here, write to us: a person answers within {house.answer_hours} hours.",
        "पहले छोटे जवाब। आपका सवाल यहाँ न हो तो हमें लिखें: {house.answer_hours} घंटे में कोई जवाब देगा।",
    ),
    "help.write": ("Write to us", "हमें लिखें"),
    "help.write_note": (
        "Name the cleanup or the receipt number. Never send a PIN, an OTP or a password; we never ask for them.",
        "सफ़ाई का नाम या रसीद नंबर लिखें। PIN, OTP या पासवर्ड कभी न भेजें; हम कभी नहीं माँगते।",
    ),
    "help.security": ("Found a hole?", "सुरक्षा में कमी मिली?"),
    "help.security_note": (
        "Tell us before you tell others: what you did, what you saw, how we see it too. Try with accounts and money of"
        " your own, look at nobody's data, break nothing. A person answers within {house.answer_hours} hours.",
        "दूसरों से पहले हमें बताएँ: आपने क्या किया, क्या दिखा, हम कैसे देखें। अपने ही खातों और पैसों से आज़माएँ, किसी का डेटा न देखें,"
        " कुछ न बिगाड़ें। {house.answer_hours} घंटे में कोई जवाब देगा।",
    ),
    "help.credits": ("Credits and licences", "आभार और लाइसेंस"),
    "help.paying": ("Paying", "पैसा देना"),
    "help.q_unknown": ("Money left my account, but the page still waits.", "पैसा कट गया, पर पेज अब भी रुका है।"),
    "help.a_unknown": (
        "Do not pay again. Your bank has not answered yet. It shows here by itself, or the money returns to your"
        " account. Open My money to look.",
        "दोबारा न दें। बैंक का जवाब आना बाकी है। यहाँ अपने आप दिखेगा, या पैसा आपके खाते में लौटेगा। मेरा पैसा खोलकर देखें।",
    ),
    "help.q_refund": ("When do I get a refund?", "पैसा वापस कब मिलता है?"),
    "help.a_refund": (
        "If a cleanup does not go ahead, all of it returns to the same UPI or card within"
        " {house.refund_days_least} to {house.refund_days_most} working days."
        " You need to do nothing.",
        "सफ़ाई न हो तो पूरा पैसा {house.refund_days_least} से {house.refund_days_most} कामकाजी दिनों में उसी"
        " UPI या कार्ड पर लौटता है। आपको कुछ नहीं करना।",
    ),
    "help.q_twice": ("I paid after it was full.", "पूरा होने के बाद मैंने पैसा दिया।"),
    "help.a_twice": (
        "What is too much goes back by itself. My money shows the amount and the day.",
        "ज़्यादा वाला पैसा अपने आप लौटता है। मेरा पैसा में रक़म और दिन दिखता है।",
    ),
    "help.starting": ("Starting a cleanup", "सफ़ाई शुरू करना"),
    "help.q_wait": ("Why does my cleanup wait for approval?", "मेरी सफ़ाई मंज़ूरी के लिए क्यों रुकी है?"),
    "help.a_wait": (
        "A person looks at everybody's first cleanup, usually within a day. The bell tells you.",
        "सबकी पहली सफ़ाई कोई देखता है, अक्सर एक दिन में। घंटी बताएगी।",
    ),
    "help.q_where": ("The map does not work on my phone.", "मेरे फ़ोन पर नक़्शा नहीं चलता।"),
    "help.a_where": (
        "Type the address with the town. The pin goes to the town; the address tells the cleaner the rest.",
        "शहर के साथ पता लिखें। पिन शहर पर लगेगा; बाकी सफ़ाईकर्मी पते से समझेंगे।",
    ),
    "help.cleaning": ("Cleaning", "सफ़ाई करना"),
    "help.q_photo": ("The photo will not go.", "फ़ोटो नहीं जा रही।"),
    "help.a_photo": (
        "It is safe on your phone. Keep the page open; it goes by itself when the network returns.",
        "फ़ोटो आपके फ़ोन में सुरक्षित है। पेज खुला रखें; नेटवर्क आते ही अपने आप जाएगी।",
    ),
    "help.q_unsafe": ("The place is not safe.", "जगह सुरक्षित नहीं है।"),
    "help.a_unsafe": (
        "Do not clean it. Leave the job with that reason, up to {house.unclaim_hours} hours before the"
        " deadline, without penalty."
        " Never enter a drain or a septic tank.",
        "सफ़ाई न करें। समय से {house.unclaim_hours} घंटे पहले तक यही कारण लिखकर काम छोड़ें, कोई नुक़सान"
        " नहीं। नाले या सेप्टिक टैंक में कभी न उतरें।",
    ),
    "help.q_paused": ("My account is paused.", "मेरा खाता रोका गया है।"),
    "help.a_paused": (
        "The reason stands on your Jobs page. Write to us what you say to it; another person looks again.",
        "कारण काम वाले पेज पर लिखा है। अपनी बात हमें लिखें; कोई दूसरा फिर से देखेगा।",
    ),
    "help.q_pay": ("My pay has not come.", "मेरा पैसा नहीं आया।"),
    "help.a_pay": (
        "Pay leaves at {house.payout_hour} in the morning, a day after the check. Earnings shows each step"
        " and what to fix.",
        "जाँच के एक दिन बाद, सुबह {house.payout_hour} बजे पैसा निकलता है। कमाई में हर क़दम दिखता है और क्या ठीक करना है।",
    ),
}
