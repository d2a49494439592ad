"""What we say when something cannot be: ``error.<CODE>`` for refusals, ``field.<key>`` at a field.

They are found by the code of a DomainError or the key of a FieldProblem, so no page spells them out.
"""

WORDS: dict[str, tuple[str, str]] = {
    "error.NOT_SIGNED_IN": ("Sign in to go on.", "आगे बढ़ने के लिए साइन इन करें।"),
    "error.BAD_CREDENTIALS": (
        "This email or phone and password do not fit together. Check both. Just joined? Type the code we sent first.",
        "ईमेल या फ़ोन और पासवर्ड मेल नहीं खाते। दोनों देखें। अभी-अभी जुड़े हैं? तो पहले भेजा हुआ कोड लिखें।",
    ),
    "error.TOO_MANY_REQUESTS": (
        "That was a lot in a short time. Try again in about {minutes} min.",
        "थोड़े समय में बहुत बार हो गया। लगभग {minutes} मिनट बाद फिर करें।",
    ),
    "error.TRY_LATER": (
        "We cannot check this safely right now. Nothing was changed; try again in a minute.",
        "अभी इसे सुरक्षित ढंग से जाँच नहीं सकते। कुछ नहीं बदला; एक मिनट बाद फिर करें।",
    ),
    "error.FOREIGN_NETWORK": (
        "From this network you cannot get in here.",
        "इस नेटवर्क से यहाँ नहीं आ सकते।",
    ),
    "error.TOKEN_REFUSED": (
        "Your sign-in has ended. Sign in again.",
        "आपका साइन इन पूरा हो गया। फिर से साइन इन करें।",
    ),
    "error.NOT_ALLOWED": ("Your account cannot do this.", "आपका खाता यह नहीं कर सकता।"),
    "error.ACCOUNT_SUSPENDED": (
        "Your account is paused. The reason is under Me; you can answer it there.",
        'आपका खाता रोका गया है। कारण "मैं" में लिखा है, वहीं जवाब दे सकते हैं।',
    ),
    "error.ACCOUNT_PAUSED": (
        "This account is paused, so nobody can sign in to it. If you think this is a mistake, write to us.",
        "यह खाता रोका गया है, इसलिए इसमें साइन इन नहीं हो सकता। ग़लती लगे तो हमें लिखें।",
    ),
    "error.NOT_AN_ACTIVE_CLEANER": (
        "To take jobs, finish your ID and bank check first.",
        "काम लेने के लिए पहले पहचान और बैंक की जाँच पूरी करें।",
    ),
    "error.OWN_INTEREST": (
        "You have a part in this cleanup, so another admin decides.",
        "इस सफ़ाई में आपका हिस्सा है, इसलिए दूसरे एडमिन तय करेंगे।",
    ),
    "error.IDENTITY_MISSING": (
        "This cleaner has not handed in an ID yet.",
        "इन्होंने अभी पहचान पत्र नहीं दिया है।",
    ),
    "error.IDENTITY_ALREADY_CHECKED": (
        "Your ID was found good. You need not send it again.",
        "आपका पहचान पत्र ठीक है। दोबारा भेजने की ज़रूरत नहीं।",
    ),
    "error.NOT_FOUND": ("We could not find this.", "यह नहीं मिला।"),
    "error.INVALID_FIELDS": ("Please look at the marked places once more.", "निशान वाली जगहें एक बार और देखें।"),
    "error.TAX_RULE_MISSING": (
        "No tax rule holds on {day}, so the pay cannot be worked out. Finance must add one.",
        "{day} के लिए कर का नियम नहीं है, इसलिए भुगतान नहीं निकल सकता। वित्त टीम नियम जोड़े।",
    ),
    "error.MOVE_REFUSED": (
        "This has changed in the meantime. Reload to see where it stands.",
        "इस बीच यह बदल गया है। अभी की स्थिति देखने के लिए फिर खोलें।",
    ),
    "error.CAMPAIGN_NOT_COLLECTING": (
        "This cleanup is not collecting money now. Nothing was taken from you.",
        "यह सफ़ाई अभी पैसा नहीं जोड़ रही। आपसे कुछ नहीं लिया गया।",
    ),
    "error.CAMPAIGN_TIME_OVER": (
        "The time to give is over. This cleanup is closing tonight; nothing was taken from you.",
        "पैसे देने का समय पूरा हुआ। यह सफ़ाई आज रात बंद होगी; आपसे कुछ नहीं लिया गया।",
    ),
    "error.OWN_CAMPAIGN": (
        "You started this cleanup, so you cannot fund it. Share it instead.",
        "यह आपने शुरू किया है, इसलिए आप पैसा नहीं दे सकते। इसे साझा करें।",
    ),
    "error.AMOUNT_TOO_SMALL": ("The least you can give is {least}.", "कम से कम {least} दे सकते हैं।"),
    "error.AMOUNT_OVER_REMAINING": ("Only {missing} is needed.", "सिर्फ़ {missing} चाहिए।"),
    "error.AMOUNT_NOT_WHOLE_RUPEES": ("Give whole rupees, without paise.", "पूरे रुपये दें, पैसे नहीं।"),
    "error.MONEY_ALREADY_RAISED": (
        "Neighbours have already given money, so this can no longer be cancelled.",
        "पड़ोसी पैसा दे चुके हैं, इसलिए अब रद्द नहीं हो सकता।",
    ),
    "error.IDEMPOTENCY_KEY_REUSED": (
        "This was already sent with other details. Reload and look before you send again.",
        "यह दूसरी जानकारी के साथ पहले ही भेजा जा चुका है। फिर भेजने से पहले पन्ना दोबारा खोलें।",
    ),
    "error.ALREADY_CLAIMED": (
        "Someone took this job a moment ago.",
        "यह काम अभी किसी और ने ले लिया।",
    ),
    "error.JOB_NOT_OPEN": (
        "This job is not open now. Please choose another one.",
        "यह काम अभी खुला नहीं है। कोई दूसरा काम चुनें।",
    ),
    "error.PAY_NOT_RAISED": (
        "Name whole rupees above the present pay, at most {most} more than neighbours gave for it.",
        "मौजूदा रक़म से ज़्यादा, पूरे रुपये लिखें; पड़ोसियों की रक़म से ज़्यादा से ज़्यादा {most} ऊपर।",
    ),
    "error.LAST_CLAIMED_BY_YOU": (
        "You had this job last, so another cleaner gets it first.",
        "पिछली बार यह काम आपके पास था, अब पहले दूसरे सफ़ाईकर्मी को मिलेगा।",
    ),
    "error.CLAIM_LIMIT": (
        "You have {limit} jobs in hand. Finish one to take this.",
        "आपके पास {limit} काम हैं। एक पूरा करें, फिर यह लें।",
    ),
    "error.OWN_JOB": (
        "You started this cleanup or gave money to it, so you cannot take its job.",
        "यह सफ़ाई आपने शुरू की या इसमें पैसा दिया, इसलिए इसका काम नहीं ले सकते।",
    ),
    "error.TOO_LATE_TO_UNCLAIM": (
        "Less than {house.unclaim_hours} hours left, so this job cannot be left.",
        "{house.unclaim_hours} घंटे से कम बचे हैं, अब काम नहीं छोड़ सकते।",
    ),
    "error.DEADLINE_PASSED": ("The time for this job is over.", "इस काम का समय निकल गया।"),
    "error.CAPTURE_TOKEN_REFUSED": (
        "The camera was open too long. Take the photo again.",
        "कैमरा बहुत देर खुला रहा। फ़ोटो फिर से लें।",
    ),
    "error.PHOTO_MISSING": ("Add one photo.", "एक फ़ोटो लगाएँ।"),
    "error.NOT_AN_IMAGE": ("Use a {kinds} photo.", "{kinds} फ़ोटो लगाएँ।"),
    "error.PHOTO_TOO_LARGE": ("This photo is over {most_mb} MB.", "फ़ोटो {most_mb} MB से बड़ी है।"),
    "error.TOO_MANY_PIXELS": (
        "This picture is too large. The longest side may be {most_side} pixels.",
        "यह तस्वीर बहुत बड़ी है। लंबी तरफ़ {most_side} पिक्सेल तक हो सकती है।",
    ),
    "error.PHOTO_TOO_SMALL": (
        "This picture is too small to check. Each side needs at least {least_side} pixels.",
        "यह तस्वीर जाँचने के लिए बहुत छोटी है। हर तरफ़ कम से कम {least_side} पिक्सेल चाहिए।",
    ),
    "error.PHOTO_BROKEN": ("This photo is damaged. Take it again.", "यह फ़ोटो ख़राब है। फिर से लें।"),
    "error.PHOTO_NOT_CHECKED": (
        "We cannot look at photos right now; yours is fine. Keep it and send it again in a few minutes.",
        "अभी हम फ़ोटो जाँच नहीं पा रहे; आपकी फ़ोटो ठीक है। उसे रखें और कुछ मिनट बाद फिर भेजें।",
    ),
    "error.PHOTO_INFECTED": (
        "This file carries something harmful, so we did not keep it. Take a new photo.",
        "इस फ़ाइल में कुछ नुक़सानदेह है, इसलिए नहीं रखी। नई फ़ोटो लें।",
    ),
    "error.PHOTO_ALREADY_USED": (
        "This photo was sent before. Take a new one at the spot.",
        "यह फ़ोटो पहले भेजी जा चुकी है। जगह पर नई फ़ोटो लें।",
    ),
    "error.CHECKLIST_INCOMPLETE": ("Tick all five to approve.", "पास करने के लिए पाँचों पर निशान लगाएँ।"),
    "error.REASON_MISSING": ("Write the reason.", "कारण लिखें।"),
    "error.REASON_TOO_LONG": (
        "Use at most {most} letters: {over} too many. Nothing was cut off or sent.",
        "ज़्यादा से ज़्यादा {most} अक्षर: {over} ज़्यादा हैं। कुछ काटा या भेजा नहीं गया।",
    ),
    "error.BAD_SIGNATURE": (
        "This message does not carry our partner's signature.",
        "इस संदेश पर सही हस्ताक्षर नहीं हैं।",
    ),
    "error.BAD_REQUEST": ("We could not read this request.", "यह अनुरोध समझ नहीं आया।"),
    "error.PAYOUT_DETAILS_MISSING": (
        "Add your bank account or UPI id, so that we can pay you.",
        "बैंक खाता या UPI id जोड़ें, ताकि पैसा भेज सकें।",
    ),
    "error.PAYOUT_NOT_BY_HAND": (
        "Only a payment that was recorded by hand can be undone here.",
        "यहाँ सिर्फ़ हाथ से दर्ज भुगतान वापस लिया जा सकता है।",
    ),
    "error.PAYOUT_NOT_DUE": ("This payment is not due yet.", "इस भुगतान का समय अभी नहीं आया।"),
    "error.PAYOUT_DISPUTED": (
        "The result of this work is disputed. Decide the dispute first.",
        "इस काम पर आपत्ति है। पहले आपत्ति पर फ़ैसला करें।",
    ),
    "error.NOT_YOUR_CLEANUP": (
        "Only who started this cleanup or paid for it can question its result.",
        "इस काम पर सवाल वही उठा सकते हैं जिन्होंने यह सफ़ाई शुरू की या पैसा दिया।",
    ),
    "error.NOTHING_TO_DISPUTE": (
        "There is no accepted result here to question.",
        "यहाँ अभी कोई पास हुआ काम नहीं है जिस पर सवाल उठे।",
    ),
    "error.DISPUTE_TOO_LATE": (
        "The {house.cooling_hours} hours to question this result are over, or the cleaner's pay has left already.",
        "इस काम पर सवाल उठाने के {house.cooling_hours} घंटे बीत गए, या सफ़ाईकर्मी का पैसा जा चुका है।",
    ),
    "error.DISPUTE_STANDS": (
        "You have told us already. We are looking at it.",
        "आप हमें बता चुके हैं। हम देख रहे हैं।",
    ),
    "error.SECOND_LOOK": (
        "You approved this work, so another admin says whether it stands. You can still take your approval back.",
        "यह काम आपने पास किया था, इसलिए वह ठीक है या नहीं यह कोई दूसरा एडमिन कहेगा। अपनी मंज़ूरी आप वापस ले सकते हैं।",
    ),
    "error.PROVIDER_UNAVAILABLE": (
        "Our payment partner does not answer now. Nothing was taken. Try again in a few minutes.",
        "भुगतान सेवा अभी जवाब नहीं दे रही। कुछ नहीं कटा। कुछ मिनट बाद फिर करें।",
    ),
    "error.ORDER_IN_PROGRESS": (
        "Your payment is just being prepared. Try again in a moment.",
        "आपका भुगतान अभी तैयार हो रहा है। थोड़ी देर में फिर करें।",
    ),
    "error.RECEIPT_NOT_READY": (
        "The receipt is made when your payment is confirmed.",
        "भुगतान पक्का होते ही रसीद बनेगी।",
    ),
    "error.PAYMENT_MISMATCH": (
        "This payment does not belong to this cleanup.",
        "यह भुगतान इस सफ़ाई का नहीं है।",
    ),
    "error.UNKNOWN_SUBJECT": (
        "This message speaks of something we do not know.",
        "यह संदेश किसी अनजान चीज़ का है।",
    ),
    "error.SOMETHING_BROKE": (
        "Something broke on our side. Your money and your work are safe. Try again.",
        "हमारी तरफ़ गड़बड़ हुई। आपका पैसा और काम सुरक्षित है। फिर कोशिश करें।",
    ),
    "error.INTERNAL": (
        "Something broke on our side. Your money and your work are safe. Try again.",
        "हमारी तरफ़ गड़बड़ हुई। आपका पैसा और काम सुरक्षित है। फिर कोशिश करें।",
    ),
    "error.UNAVAILABLE": (
        "We cannot reach our records now. Nothing was changed. Try again in a moment.",
        "अभी हिसाब तक नहीं पहुँच पा रहे। कुछ नहीं बदला। थोड़ी देर में फिर करें।",
    ),
    "error.ROW_UNREADABLE": (
        "Something we keep about this cannot be read. We have noted it; the rest of Cleanit works as usual.",
        "इसके बारे में रखी कोई बात पढ़ी नहीं जा रही। हमने इसे नोट कर लिया है; बाक़ी सब पहले जैसा चल रहा है।",
    ),
    "error.BUSY": (
        "Many people are signing in now. Try again in a moment.",
        "अभी बहुत लोग साइन इन कर रहे हैं। थोड़ी देर में फिर करें।",
    ),
    "error.METHOD_NOT_ALLOWED": ("This cannot be done here.", "यह यहाँ नहीं हो सकता।"),
    "error.TOO_LARGE": ("What you sent is too large.", "जो भेजा, वह बहुत बड़ा है।"),
    "error.NOT_ACCEPTED": ("We cannot read this kind of file.", "ऐसी फ़ाइल हम नहीं पढ़ सकते।"),
    # at a field
    "field.value_unreadable": ("We do not know this value.", "यह मान समझ नहीं आया।"),
    "field.notification_category": (
        "Only news about cleanups, jobs, work and the desk can be switched off.",
        "सिर्फ़ सफ़ाई, नए काम, अपने काम और डेस्क की ख़बरें बंद की जा सकती हैं।",
    ),
    "field.document_kind": ("Choose which ID it is.", "चुनें कि कौन सा पहचान पत्र है।"),
    "field.document_number": (
        "Write the number as it stands on the ID.",
        "नंबर वैसे ही लिखें जैसे पहचान पत्र पर है।",
    ),
    "field.aadhaar_never": (
        "This is an Aadhaar number. We do not take it; give another ID.",
        "यह आधार नंबर है। हम इसे नहीं लेते; दूसरा पहचान पत्र दें।",
    ),
    "field.document_photo_missing": ("Add a photo of the ID.", "पहचान पत्र की फ़ोटो लगाएँ।"),
    "field.pan_form": (
        "Write your own PAN, ten letters and digits as on the card.",
        "अपना पैन लिखें, कार्ड पर जैसे दस अक्षर और अंक हैं।",
    ),
    "field.name_missing": ("Write your name.", "अपना नाम लिखें।"),
    "field.name_short": ("Write your full name.", "अपना पूरा नाम लिखें।"),
    "field.name_long": ("Use at most {most} letters.", "ज़्यादा से ज़्यादा {most} अक्षर लिखें।"),
    "field.email_form": ("This does not look like an email address.", "यह ईमेल पता नहीं लगता।"),
    "field.email_letters": (
        "Write English letters before the @; a letter here only looks like one of this address.",
        "@ से पहले अंग्रेज़ी अक्षर लिखें; यहाँ कोई अक्षर बस मिलता-जुलता दिखता है।",
    ),
    "field.email_taken": (
        "Another account has this email.",
        "यह ईमेल किसी दूसरे खाते में है।",
    ),
    "field.phone_form": (
        "Use an Indian mobile number of 10 digits.",
        "10 अंकों का भारतीय मोबाइल नंबर लिखें।",
    ),
    "field.phone_landline": (
        "This is a landline. Use a mobile number of 10 digits.",
        "यह लैंडलाइन है। 10 अंकों का मोबाइल नंबर लिखें।",
    ),
    "field.phone_taken": (
        "Another account has this number.",
        "यह नंबर किसी दूसरे खाते में है।",
    ),
    "field.contact_missing": (
        "Write a mobile number or an email address.",
        "मोबाइल नंबर या ईमेल लिखें।",
    ),
    "field.role_unknown": ("Choose how you want to use Cleanit.", "चुनें कि क्लीनइट कैसे इस्तेमाल करेंगे।"),
    "field.terms_missing": ("Tick this to go on.", "आगे बढ़ने के लिए निशान लगाएँ।"),
    "field.password_short": ("Use at least {least} letters or digits.", "कम से कम {least} अक्षर या अंक लिखें।"),
    "field.password_common": (
        "Very many people use this password, so it is guessed first. Put three words of your own together.",
        "यह पासवर्ड बहुत लोग रखते हैं, इसलिए सबसे पहले यही आज़माया जाता है। अपने तीन शब्द जोड़कर लिखें।",
    ),
    "field.password_long": ("Use at most {most} letters.", "ज़्यादा से ज़्यादा {most} अक्षर लिखें।"),
    "field.text_marks": (
        "Too many signs are heaped on one letter. Write it plainly.",
        "एक अक्षर पर बहुत सारे चिह्न हैं। सादा लिखें।",
    ),
    "field.title_missing": (
        'Name the spot. Try "Drain behind the clinic".',
        'जगह को नाम दें। जैसे "क्लिनिक के पीछे की नाली"।',
    ),
    "field.title_short": (
        'Use at least {house.title_least} letters. Try "Drain behind the clinic".',
        'कम से कम {house.title_least} अक्षर लिखें। जैसे "क्लिनिक के पीछे की नाली"।',
    ),
    "field.title_long": (
        "Use at most {most} letters: {over} too many.",
        "ज़्यादा से ज़्यादा {most} अक्षर: {over} ज़्यादा हैं।",
    ),
    "field.description_missing": ("Tell us what is wrong here.", "बताएँ, यहाँ क्या गड़बड़ है।"),
    "field.description_short": (
        "Tell us a little more: {missing} letters to go.",
        "थोड़ा और बताएँ: {missing} अक्षर बाकी।",
    ),
    "field.description_long": (
        "Use at most {most} letters: {over} too many.",
        "ज़्यादा से ज़्यादा {most} अक्षर: {over} ज़्यादा हैं।",
    ),
    "field.target_missing": ("Write an amount in rupees.", "रुपयों में रक़म लिखें।"),
    "field.target_whole_rupees": ("Use whole rupees.", "पूरे रुपये लिखें।"),
    "field.target_low": ("The least you can ask is {least}.", "कम से कम {least}।"),
    "field.target_high": ("The most you can ask is {most}.", "ज़्यादा से ज़्यादा {most}।"),
    "field.photo_missing": ("Add one photo of the spot.", "जगह की एक फ़ोटो लगाएँ।"),
    "field.note_too_far": (
        "The photo was taken over {limit} m away. Write why it is still right.",
        "फ़ोटो {limit} मीटर से दूर ली गई। लिखें कि फिर भी सही क्यों है।",
    ),
    "field.photo_type": ("Use a JPG or PNG photo.", "JPG या PNG फ़ोटो लगाएँ।"),
    "field.photo_large": (
        "This photo is over {house.campaign_photo_mb} MB and we could not shrink it.",
        "फ़ोटो {house.campaign_photo_mb} MB से बड़ी है।",
    ),
    "field.place_missing": ("Put the pin on the spot.", "पिन को सही जगह पर रखें।"),
    "field.place_outside_india": (
        "Cleanit works in India only. Move the pin.",
        "क्लीनइट सिर्फ़ भारत में है। पिन हटाएँ।",
    ),
    "field.address_missing": ("Write the area or a landmark.", "इलाक़ा या पास की जगह लिखें।"),
    "field.address_short": ("Write the area or a landmark.", "इलाक़ा या पास की जगह लिखें।"),
    "field.address_long": ("Use at most {most} letters.", "ज़्यादा से ज़्यादा {most} अक्षर लिखें।"),
    "field.amount_missing": ("Write an amount in rupees.", "रुपयों में रक़म लिखें।"),
    "field.amount_whole_rupees": ("Whole rupees only, without paise.", "सिर्फ़ पूरे रुपये लिखें, पैसे नहीं।"),
    "field.amount_unreadable": (
        "Write the amount in digits, like 500 or 1,25,000.",
        "रक़म अंकों में लिखें, जैसे 500 या 1,25,000।",
    ),
    "field.amount_unclear": (
        "We cannot tell how much this is. Write it without commas and points.",
        "यह रक़म साफ़ नहीं है। कॉमा और बिंदु के बिना लिखें।",
    ),
    "field.account_form": ("An account number has 9 to 18 digits.", "खाता नंबर 9 से 18 अंकों का होता है।"),
    "field.ifsc_form": ("An IFSC looks like SBIN0001234.", "IFSC ऐसा होता है: SBIN0001234।"),
    "field.ifsc_zero": (
        "The fifth sign of an IFSC is the digit 0, not the letter O.",
        "IFSC का पाँचवाँ चिह्न अंक 0 होता है, अक्षर O नहीं।",
    ),
    "field.vpa_form": ("A UPI id looks like name@bank.", "UPI id ऐसा होता है: naam@bank।"),
    "field.holder_form": (
        "Write the name as the bank has it, in English letters.",
        "नाम बैंक जैसा, अंग्रेज़ी अक्षरों में लिखें।",
    ),
    "field.dispute_missing": ("Tell us what is not clean.", "बताएँ, क्या साफ़ नहीं है।"),
    "field.dispute_short": (
        "Tell us a little more: {missing} letters to go.",
        "थोड़ा और बताएँ: {missing} अक्षर बाकी।",
    ),
    "field.dispute_long": (
        "Use at most {most} letters: {over} too many.",
        "ज़्यादा से ज़्यादा {most} अक्षर: {over} ज़्यादा हैं।",
    ),
    "field.account_unknown": ("Nobody has an account under this.", "इससे किसी का खाता नहीं है।"),
    "field.account_unfit": (
        "This account cannot become an admin's: it is a cleaner's or an admin's, or it is paused.",
        "यह खाता एडमिन का नहीं बन सकता: यह सफ़ाईकर्मी या एडमिन का है, या रोका हुआ है।",
    ),
    "field.account_unconfirmed": (
        "Nobody has shown yet whose this is. Let the person confirm it under Account first.",
        "अभी पक्का नहीं है कि यह किसका है। पहले वह व्यक्ति इसे खाते में पक्का करे।",
    ),
    "field.reason_missing": ("Write the reason.", "कारण लिखें।"),
    "field.reason_short": ("Write the reason in a few words.", "कारण कुछ शब्दों में लिखें।"),
    "field.reason_long": ("Use at most {most} letters.", "ज़्यादा से ज़्यादा {most} अक्षर लिखें।"),
}
