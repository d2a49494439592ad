"""The terms (LAW-06) and the privacy notice. A change of meaning needs a new version in domain/terms.py."""

WORDS: dict[str, tuple[str, str]] = {
    "legal.version": ("Version {version}", "संस्करण {version}"),
    # terms
    "terms.title": ("Terms", "नियम"),
    "terms.short": (
        "In short: your money is held until a person has checked the work. If a cleanup does not go ahead, you get"
        " all of it back. Cleaners are paid {house.cleaner_share}% of what was raised.",
        "संक्षेप में: आपका पैसा तब तक जमा रहता है जब तक एक व्यक्ति काम जाँच न ले। सफ़ाई न हो तो पूरा पैसा वापस।"
        " जुड़े पैसे का {house.cleaner_share}% सफ़ाईकर्मी को मिलता है।",
    ),
    "terms.service.title": ("What Cleanit does", "क्लीनइट क्या करता है"),
    "terms.service.1": (
        "Cleanit lets people show a dirty public place, collect money for cleaning it, and have the work done by a"
        " cleaner. We check photo and place before a first cleanup is shown, hold the money, compare the before and"
        " after photos, and pay the cleaner.",
        "क्लीनइट पर लोग गंदी सार्वजनिक जगह दिखाते हैं, सफ़ाई के लिए पैसा जोड़ते हैं और सफ़ाईकर्मी काम करते हैं। हम पहली"
        " सफ़ाई की फ़ोटो और जगह देखते हैं, पैसा जमा रखते हैं, पहले और बाद की फ़ोटो मिलाते हैं और सफ़ाईकर्मी को पैसा देते हैं।",
    ),
    "terms.service.2": (
        "A cleanup collects for {house.window_least} to {house.window_most} days, depending on its target of"
        " {house.least_target} to {house.most_target}. At 100%, or at {house.go_ahead}% or more"
        " on the closing day, it goes ahead. A job that nobody finishes within {house.job_days} days is refunded.",
        "{house.least_target} से {house.most_target} की रक़म के हिसाब से एक सफ़ाई {house.window_least} से"
        " {house.window_most} दिन तक पैसा जोड़ती है। 100% पर, या आख़िरी दिन {house.go_ahead}% या"
        " ज़्यादा पर काम होता है। {house.job_days} दिन में काम न हो तो पैसा वापस।",
    ),
    "terms.service.3": (
        "Cleanit writes to you inside Cleanit only, never by call. By SMS or email comes nothing but a code that you"
        " asked for yourself.",
        "क्लीनइट आपको सिर्फ़ क्लीनइट के अंदर लिखता है, कॉल से कभी नहीं। SMS या ईमेल पर सिर्फ़ वही कोड आता है जो आपने ख़ुद मँगाया हो।",
    ),
    "terms.duties.title": ("What we expect from you", "आपसे क्या अपेक्षा है"),
    "terms.duties.1": (
        "Show real public places with your own photos, without faces or number plates. Ask for a fair amount. You may"
        " not pay into a cleanup you started, nor take the job of one you started or paid for.",
        "असली सार्वजनिक जगह अपनी ली हुई फ़ोटो से दिखाएँ, चेहरे या नंबर प्लेट के बिना। ठीक रक़म माँगें। अपनी शुरू की सफ़ाई"
        " में पैसा नहीं दे सकते, और जिसे शुरू किया या जिसमें पैसा दिया उसका काम नहीं ले सकते।",
    ),
    "terms.duties.2": (
        "Keep your password to yourself and your details right. One person, one account. You must be 18 to collect or"
        " earn money here.",
        "पासवर्ड किसी को न दें और जानकारी सही रखें। एक व्यक्ति, एक खाता। पैसा जोड़ने या कमाने के लिए उम्र 18 साल हो।",
    ),
    "terms.duties.3": (
        "We may decline or cancel a cleanup, and pause an account that misuses Cleanit. We always say why, and you can"
        " answer.",
        "हम सफ़ाई को मना या रद्द कर सकते हैं, और ग़लत इस्तेमाल पर खाता रोक सकते हैं। कारण हमेशा बताते हैं, आप जवाब दे सकते हैं।",
    ),
    "terms.duties.4": (
        "You keep the rights to your photos. You allow us to show them with the cleanup and in the gallery of cleaned"
        " places.",
        "फ़ोटो के अधिकार आपके हैं। आप हमें उन्हें सफ़ाई के पन्ने पर और साफ़ हुई जगहों में दिखाने देते हैं।",
    ),
    "terms.money.title": ("Payments and refunds", "भुगतान और वापसी"),
    "terms.money.1": (
        "You pay through Razorpay, by UPI, card or net banking, {house.least_contribution} or more. Your"
        " money is held for that one cleanup;"
        " nobody can spend it before the work is checked.",
        "भुगतान Razorpay से होता है, UPI, कार्ड या नेट बैंकिंग से, कम से कम {house.least_contribution}। पैसा"
        " उसी एक सफ़ाई के लिए जमा रहता है; काम"
        " की जाँच से पहले कोई ख़र्च नहीं कर सकता।",
    ),
    "terms.money.2": (
        "When the work is accepted, {house.cleaner_share}% of what was raised goes to the cleaner after"
        " {house.cooling_hours} hours. {house.fee_share}% runs Cleanit and"
        " covers payment charges and tax.",
        "काम पास होने के {house.cooling_hours} घंटे बाद जुड़े पैसे का {house.cleaner_share}% सफ़ाईकर्मी को"
        " जाता है। {house.fee_share}% से क्लीनइट चलता है, भुगतान का ख़र्च और कर भी इसी में।",
    ),
    "terms.money.3": (
        "If a cleanup closes below {house.go_ahead}%, is cancelled, or is not done in time, we refund all of"
        " it, without asking, to"
        " the UPI or card you paid with. Banks take {house.refund_days_least} to {house.refund_days_most}"
        " working days. Money that comes after the target was reached"
        " goes back the same way.",
        "सफ़ाई {house.go_ahead}% से कम पर बंद हो, रद्द हो या समय पर न हो, तो पूरा पैसा अपने आप उसी UPI या"
        " कार्ड पर वापस जाता है। बैंक को"
        " {house.refund_days_least} से {house.refund_days_most} कामकाजी दिन लगते हैं। रक़म पूरी होने के बाद"
        " आया पैसा भी ऐसे ही वापस।",
    ),
    "terms.money.4": (
        "Money for a cleanup that went ahead is not refunded, unless a dispute is decided in your favour. What you give"
        " is a payment for a service to your street; it is not a tax-deductible gift.",
        "जो सफ़ाई हो गई उसका पैसा वापस नहीं होता, जब तक विवाद आपके पक्ष में तय न हो। यह आपकी गली की सेवा का भुगतान है, कर में"
        " छूट वाला दान नहीं।",
    ),
    "terms.liability.title": ("What we answer for", "हमारी ज़िम्मेदारी"),
    "terms.liability.1": (
        "We answer for holding your money, for checking the work with care, and for paying or refunding as written"
        " here. For each cleanup we answer up to the amount you paid into it or were to earn from it.",
        "हम पैसा जमा रखने, काम ध्यान से जाँचने और यहाँ लिखे अनुसार पैसा देने या लौटाने के लिए ज़िम्मेदार हैं। हर सफ़ाई में"
        " ज़िम्मेदारी उतनी रक़म तक है जितनी आपने दी या कमानी थी।",
    ),
    "terms.liability.2": (
        "We cannot promise that a place stays clean, and we do not answer for delays of banks, networks or weather."
        " Nothing here limits what the law does not allow to be limited.",
        "जगह साफ़ बनी रहेगी इसका वादा हम नहीं कर सकते, और बैंक, नेटवर्क या मौसम की देरी हमारी ज़िम्मेदारी नहीं। क़ानून जो सीमित"
        " नहीं होने देता, यहाँ कुछ उसे सीमित नहीं करता।",
    ),
    "terms.disputes.title": ("When you disagree", "असहमति हो तो"),
    "terms.disputes.1": (
        "For {house.cooling_hours} hours after the work is accepted, its starter and everyone who paid can"
        " tell us that something is"
        " wrong. The pay waits while a person looks at it. You get the decision with its reason, and can ask for a"
        " second look by somebody else.",
        "काम पास होने के {house.cooling_hours} घंटे तक शुरू करने वाले और पैसा देने वाले गड़बड़ बता सकते हैं।"
        " जाँच होने तक भुगतान रुका रहता है।"
        " फ़ैसला कारण के साथ मिलता है, और आप किसी दूसरे से दोबारा देखने को कह सकते हैं।",
    ),
    "terms.disputes.2": (
        "Tell us first; most things are settled within {house.dispute_hours} hours. If not, you may go to a"
        " consumer commission or court.",
        "पहले हमें बताएँ; ज़्यादातर बातें {house.dispute_hours} घंटे में सुलझती हैं। न सुलझे तो उपभोक्ता आयोग या अदालत जा सकते हैं।",
    ),
    "terms.law.title": ("The law of India", "भारत का क़ानून"),
    "terms.law.1": (
        "The law of India applies, and the courts of India decide. Your rights as a consumer under Indian law stay as"
        " they are.",
        "भारत का क़ानून लागू होता है और भारत की अदालतें फ़ैसला करती हैं। उपभोक्ता के रूप में आपके अधिकार बने रहते हैं।",
    ),
    "terms.law.2": (
        "When these terms change, we show you the new version and ask for your consent before you go on.",
        "नियम बदलने पर हम नया संस्करण दिखाते हैं और आगे बढ़ने से पहले आपकी सहमति लेते हैं।",
    ),
    "terms.cleaners.title": ("Cleaners are independent", "सफ़ाईकर्मी स्वतंत्र हैं"),
    "terms.cleaners.1": (
        "Cleaners are independent contractors, not employees of Cleanit. They choose which jobs to take and how to do"
        " them, bring their own tools, and look after their own safety, insurance and taxes.",
        "सफ़ाईकर्मी स्वतंत्र ठेकेदार हैं, क्लीनइट के कर्मचारी नहीं। काम और तरीक़ा वे ख़ुद चुनते हैं, औज़ार अपने लाते हैं, और"
        " अपनी सुरक्षा, बीमा और कर ख़ुद देखते हैं।",
    ),
    "terms.cleaners.2": (
        "A job is to be finished within {house.claim_days} days, with a photo taken at the spot. Up to"
        " {house.unclaim_hours} hours before the end it can be"
        " left without harm. Three jobs whose time ran out pause the account. A photo that is not genuine ends it.",
        "काम {house.claim_days} दिन में पूरा करना होता है, जगह पर ली गई फ़ोटो के साथ। आख़िरी"
        " {house.unclaim_hours} घंटे से पहले बिना नुक़सान छोड़ सकते हैं। तीन"
        " बार समय निकले तो खाता रुकता है। नक़ली फ़ोटो पर खाता बंद होता है।",
    ),
    "terms.cleaners.3": (
        "Dirty work only: no hospital waste, chemicals, sewers, wires or anything the law leaves to trained people.",
        "सिर्फ़ कूड़े की सफ़ाई: अस्पताल का कचरा, रसायन, सीवर, बिजली के तार या जो काम क़ानून प्रशिक्षित लोगों पर छोड़ता है, वह नहीं।",
    ),
    # privacy
    "privacy.title": ("Privacy", "निजता"),
    "privacy.short": (
        "In short: we keep what is needed to hold money and prove work, sell nothing, and show your name only where"
        " you allow it.",
        "संक्षेप में: हम वही रखते हैं जो पैसा सँभालने और काम साबित करने के लिए चाहिए, कुछ बेचते नहीं, और नाम वहीं दिखाते हैं जहाँ आप चाहें।",
    ),
    "privacy.what.title": ("What we keep", "हम क्या रखते हैं"),
    "privacy.what.1": (
        "Your name, mobile number or email, and your password as a one-way code. What you start, give, clean and write"
        " here. For cleaners also proof of identity and, under lock, bank account or UPI id.",
        "आपका नाम, मोबाइल नंबर या ईमेल, और पासवर्ड एक ऐसे कोड में जो पलटा नहीं जा सकता। आप यहाँ जो शुरू करते, देते, साफ़ करते और"
        " लिखते हैं। सफ़ाईकर्मियों की पहचान, और ताले में बैंक खाता या UPI id।",
    ),
    "privacy.what.2": (
        "We never see your card or UPI PIN; Razorpay handles the payment and tells us its number and outcome.",
        "आपका कार्ड या UPI PIN हम कभी नहीं देखते; भुगतान Razorpay करता है और हमें उसका नंबर और नतीजा बताता है।",
    ),
    "privacy.place.title": ("Photos and places", "फ़ोटो और जगहें"),
    "privacy.place.1": (
        "Public photos carry no hidden data: we take out place, time and phone before anybody sees them. The original"
        " of a proof photo is seen by its cleaner and by those who check.",
        "सबको दिखने वाली फ़ोटो में छिपी जानकारी नहीं होती: जगह, समय और फ़ोन का ब्योरा हटा दिया जाता है। काम की मूल फ़ोटो सिर्फ़ उसके"
        " सफ़ाईकर्मी और जाँचने वाले देखते हैं।",
    ),
    "privacy.place.2": (
        "“Near me” asks your phone only when you press it. The place is rounded to about 100 metres, used for that list"
        " and not kept. A cleaner's place is kept only with the proof photo.",
        "“मेरे पास” दबाने पर ही फ़ोन से जगह पूछी जाती है। उसे लगभग 100 मीटर तक गोल करके उसी सूची में लगाया जाता है, रखा नहीं"
        " जाता। सफ़ाईकर्मी की जगह सिर्फ़ काम की फ़ोटो के साथ रखी जाती है।",
    ),
    "privacy.who.title": ("Who sees what", "कौन क्या देखता है"),
    "privacy.who.1": (
        "Everybody sees a cleanup, who started it, and who gave how much, unless the giver hid the name. A cleaner is"
        " shown by first name. The money ledger names nobody.",
        "सफ़ाई, शुरू करने वाले और देने वालों का नाम और रक़म सबको दिखती है, जब तक देने वाले ने नाम न छिपाया हो। सफ़ाईकर्मी का सिर्फ़"
        " पहला नाम। पैसे के हिसाब में किसी का नाम नहीं।",
    ),
    "privacy.who.2": (
        "Razorpay gets what a payment needs, courts and authorities what the law demands, nobody else anything.",
        "भुगतान के लिए जितना चाहिए Razorpay को मिलता है। क़ानून माँगे तो अदालत और सरकार को। और किसी को कुछ नहीं।",
    ),
    "privacy.keep.title": ("How long", "कब तक"),
    "privacy.keep.1": (
        "Notifications {house.notification_days} days. Your account as long as you want it. Money records as"
        " long as tax and company law"
        " demand, without your name once your account is deleted.",
        "सूचनाएँ {house.notification_days} दिन। खाता जब तक आप चाहें। पैसे का हिसाब जब तक क़ानून कहे, खाता"
        " हटने पर आपके नाम के बिना।",
    ),
    "privacy.keep.2": (
        "We use three cookies: one that keeps you signed in, one for the language, one for sunlight mode. No trackers.",
        "तीन कुकी: एक साइन इन के लिए, एक भाषा के लिए, एक धूप मोड के लिए। पीछा करने वाली कोई नहीं।",
    ),
    "privacy.rights.title": ("Your rights", "आपके अधिकार"),
    "privacy.rights.1": (
        "Under Me, Settings you can correct your details, take a copy of everything we keep, and delete your account.",
        "मैं, सेटिंग में आप जानकारी सुधार सकते हैं, हमारे पास रखी हर चीज़ की प्रति ले सकते हैं और खाता हटा सकते हैं।",
    ),
    "privacy.ask.title": ("Ask us", "हमसे पूछें"),
    "privacy.ask.1": (
        "Write to us by “Report a problem” below. A person answers within {house.answer_hours} hours. If you"
        " are not content, you can"
        " turn to the Data Protection Board of India.",
        "नीचे “समस्या बताएँ” से लिखें। {house.answer_hours} घंटे में एक व्यक्ति जवाब देता है। संतोष न हो तो"
        " भारतीय डेटा संरक्षण बोर्ड जा सकते हैं।",
    ),
}
