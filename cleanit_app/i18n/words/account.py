"""Words of one's own account: password, phone, mailbox, sign-ins."""

WORDS: dict[str, tuple[str, str]] = {
    # refusals
    "error.CONFIRM_FIRST": (
        "Type your password first, so that we know it is you.",
        "पहले अपना पासवर्ड लिखें, ताकि हमें पता हो कि यह आप ही हैं।",
    ),
    "field.contact_form": (
        "Write a 10-digit mobile number or an email address.",
        "10 अंक का मोबाइल नंबर या ईमेल लिखें।",
    ),
    "field.code_wrong": (
        "This code does not fit, or its ten minutes are over. Look again, or ask for a new one.",
        "यह कोड सही नहीं है, या इसके दस मिनट बीत गए। फिर देखें या नया कोड मँगाएँ।",
    ),
    "field.code_form": (
        "A code has digits only, like 123 456. Look once more; this did not count as a try.",
        "कोड में सिर्फ़ अंक होते हैं, जैसे 123 456। एक बार फिर देखें; यह कोशिश नहीं गिनी गई।",
    ),
    "field.recovery_code_form": (
        "Write the digits from the app, or one of your recovery codes.",
        "ऐप से मिले अंक लिखें, या अपना कोई एक रिकवरी कोड।",
    ),
    "field.joining_over": (
        "This took too long. Go back and press Join once more.",
        "बहुत देर हो गई। वापस जाएँ और फिर से जुड़ें दबाएँ।",
    ),
    "field.contact_has_account": (
        "There is an account with this number or email already. Sign in, or set a new password.",
        "इस नंबर या ईमेल से खाता बना हुआ है। साइन इन करें, या नया पासवर्ड रखें।",
    ),
    "field.password_wrong": ("This is not your password.", "यह आपका पासवर्ड नहीं है।"),
    "error.SECOND_FACTOR_NEEDED": (
        "This needs your second factor. Show a code of your authenticator app, then do it again.",
        "इसके लिए दूसरी पहचान चाहिए। अपने ऑथेंटिकेटर ऐप का कोड दिखाएँ, फिर यह दोबारा करें।",
    ),
    "error.SECOND_FACTOR_STANDS": (
        "You have a second factor already. Take it away before you set up another.",
        "आपकी दूसरी पहचान पहले से है। नई रखने से पहले उसे हटाएँ।",
    ),
    "field.factor_code_wrong": (
        "This code does not fit, or was used already. Wait for the next one.",
        "यह कोड सही नहीं है, या पहले इस्तेमाल हो चुका है। अगले कोड का इंतज़ार करें।",
    ),
    "error.PHONE_NOT_CONFIRMED": (
        "The cleaner's mobile number is not confirmed by a code yet.",
        "सफ़ाईकर्मी का मोबाइल नंबर अभी कोड से पक्का नहीं हुआ।",
    ),
    "error.TERMS_NOT_ACCEPTED": (
        "There are new terms. Accept them first: open Account under Me. Reading goes on meanwhile.",
        "नियम नए हैं। पहले उन्हें मंज़ूर करें: मैं के नीचे खाता खोलें। तब तक आप सब पढ़ सकते हैं।",
    ),
    "error.TERMS_CHANGED": (
        "The terms have changed since you opened them. Read the new ones.",
        "आपके खोलने के बाद नियम बदल गए। नए नियम पढ़ें।",
    ),
    # terms
    "accept.title": ("New terms", "नए नियम"),
    "accept.lead": (
        "Please read and accept them. Until then you can read everything, but not give, start or take anything.",
        "कृपया इन्हें पढ़ें और मंज़ूर करें। तब तक आप सब पढ़ सकते हैं, पर पैसा देना, शुरू करना या काम लेना नहीं।",
    ),
    "accept.go": ("I accept these terms", "मुझे ये नियम मंज़ूर हैं"),
    "accept.busy": ("One moment…", "एक पल…"),
    "accept.later": ("Later. I only want to read", "बाद में। अभी सिर्फ़ पढ़ना है"),
    "accept.due": ("New terms wait for you.", "नए नियम आपके इंतज़ार में हैं।"),
    "accept.read": ("Read and accept", "पढ़ें और मंज़ूर करें"),
    # news
    "news.unreadable": ("There is news for you. Tap to see it.", "आपके लिए एक ख़बर है। देखने के लिए दबाएँ।"),
    "notify.second_factor_on": (
        "Your second factor is set up. From now on sign-in and money ask for it.",
        "आपकी दूसरी पहचान तैयार है। अब साइन इन और पैसे के काम में वह माँगी जाएगी।",
    ),
    "notify.second_factor_off": (
        "Your second factor was taken away. If it was not you, tell a senior admin now.",
        "आपकी दूसरी पहचान हटाई गई। अगर यह आपने नहीं किया, तो अभी सीनियर एडमिन को बताएँ।",
    ),
    "notify.second_factor_on_admin": ("{name} set up a second factor.", "{name} ने दूसरी पहचान रखी।"),
    "notify.second_factor_off_admin": (
        "The second factor of {name} was taken away.",
        "{name} की दूसरी पहचान हटाई गई।",
    ),
    "notify.recovery_code_used": (
        "A recovery code was used to sign in. {n} are left. If it was not you, change your password now.",
        "साइन इन में एक बचाव कोड इस्तेमाल हुआ। {n} बचे हैं। अगर यह आपने नहीं किया, तो अभी पासवर्ड बदलें।",
    ),
    "notify.admin_made": (
        "You are an admin now ({duties}). Set up your second factor first.",
        "आप अब एडमिन हैं ({duties})। पहले अपनी दूसरी पहचान रखें।",
    ),
    "notify.duties_changed": (
        "Your duties as an admin are now: {duties}.",
        "एडमिन के तौर पर आपकी ज़िम्मेदारियाँ अब ये हैं: {duties}।",
    ),
    "notify.duties_changed_admin": (
        "The duties of {name} are now: {duties}.",
        "{name} की ज़िम्मेदारियाँ अब ये हैं: {duties}।",
    ),
    "field.duties_unknown": ("There is no such duty.", "ऐसी कोई ज़िम्मेदारी नहीं है।"),
    "notify.admin_made_admin": ("{name} is an admin now ({duties}).", "{name} अब एडमिन हैं ({duties})।"),
    "notify.password_changed": (
        "Your password was changed, and other devices were signed out. If it was not you, set a new one now.",
        "आपका पासवर्ड बदला गया और बाक़ी फ़ोन-कंप्यूटर साइन आउट हुए। अगर यह आपने नहीं किया, तो अभी नया पासवर्ड रखें।",
    ),
    "notify.password_reset": (
        "A new password was set with a code, and every device was signed out. If it was not you, set another one now.",
        "कोड से आपका नया पासवर्ड रखा गया और सब जगह साइन आउट हुआ। अगर यह आपने नहीं किया, तो अभी नया पासवर्ड रखें।",
    ),
    "notify.contact_changed_phone": (
        "The mobile number of your account is now {contact}. If it was not you, change your password now.",
        "आपके खाते का मोबाइल नंबर अब {contact} है। अगर यह आपने नहीं किया, तो अभी पासवर्ड बदलें।",
    ),
    "notify.contact_changed_email": (
        "The email of your account is now {contact}. If it was not you, change your password now.",
        "आपके खाते का ईमेल अब {contact} है। अगर यह आपने नहीं किया, तो अभी पासवर्ड बदलें।",
    ),
    "notify.join_tried": (
        "Somebody tried to join with {contact}, which is yours. If it was you, sign in, or set a new password. "
        "If it was not you, there is nothing to do; tell nobody the code.",
        "किसी ने {contact} से जुड़ने की कोशिश की, जो आपका है। अगर यह आप थे, तो साइन इन करें या नया पासवर्ड रखें। "
        "अगर आप नहीं थे, तो कुछ करना नहीं है; कोड किसी को न बताएँ।",
    ),
    "notify.contact_tried": (
        "Somebody tried to put {contact}, which is yours, into another account. Nothing has changed; "
        "tell nobody the code.",
        "किसी ने {contact}, जो आपका है, दूसरे खाते में जोड़ने की कोशिश की। कुछ नहीं बदला; कोड किसी को न बताएँ।",
    ),
    "notify.reset_asked": (
        "A code for a new password was asked for and sent to {contact}. If it was not you, nothing has changed; "
        "tell nobody the code.",
        "नए पासवर्ड के लिए कोड माँगा गया और {contact} पर भेजा गया। अगर यह आपने नहीं किया, तो कुछ नहीं बदला; "
        "कोड किसी को न बताएँ।",
    ),
    "notify.data_exported": (
        "A copy of all your data was downloaded. If it was not you, change your password now.",
        "आपके सारे डेटा की कॉपी डाउनलोड हुई। अगर यह आपने नहीं किया, तो अभी पासवर्ड बदलें।",
    ),
    "notify.data_exported_admin": (
        "{name} downloaded a copy of the own data.",
        "{name} ने अपने डेटा की कॉपी डाउनलोड की।",
    ),
    # a forgotten password
    "login.forgot": ("Forgot the password?", "पासवर्ड भूल गए?"),
    "reset.title": ("Set a new password", "नया पासवर्ड रखें"),
    "reset.lead": (
        "Write the mobile number or email of your account. We send a code of six digits there.",
        "अपने खाते का मोबाइल नंबर या ईमेल लिखें। हम वहाँ छह अंकों का कोड भेजते हैं।",
    ),
    "reset.ask": ("Send the code", "कोड भेजें"),
    "reset.asking": ("Sending…", "भेज रहे हैं…"),
    "reset.back": ("Back to sign-in", "साइन इन पर वापस"),
    "reset.sent_title": ("Type the code", "कोड लिखें"),
    "reset.sent": (
        "If an account has this number or email, a code is on its way. It holds for ten minutes.",
        "अगर इस नंबर या ईमेल का खाता है, तो कोड भेज दिया गया है। यह दस मिनट तक चलेगा।",
    ),
    "reset.safe": (
        "Nobody from Cleanit will ever ask you for this code.",
        "क्लीनइट से कोई भी आपसे यह कोड कभी नहीं माँगेगा।",
    ),
    "reset.code": ("Code of six digits", "छह अंकों का कोड"),
    "reset.password": ("New password", "नया पासवर्ड"),
    "reset.go": ("Set the password", "पासवर्ड रखें"),
    "reset.going": ("Setting it…", "रख रहे हैं…"),
    "reset.again": ("No code came? Ask again", "कोड नहीं आया? फिर माँगें"),
    # my account
    "account.title": ("Account and safety", "खाता और सुरक्षा"),
    "account.link": ("Account, password, sign-ins", "खाता, पासवर्ड, साइन इन"),
    "account.phone": ("Mobile number", "मोबाइल नंबर"),
    "account.email": ("Email", "ईमेल"),
    "account.none": ("None yet", "अभी नहीं"),
    "account.is_mine": ("Confirmed", "पक्का हुआ"),
    "account.not_mine": ("Not confirmed yet", "अभी पक्का नहीं"),
    "account.send_code": ("Confirm", "पक्का करें"),
    "account.change": ("Change", "बदलें"),
    "account.add": ("Add", "जोड़ें"),
    "account.new_phone": ("New mobile number", "नया मोबाइल नंबर"),
    "account.new_email": ("New email", "नया ईमेल"),
    "account.code_sent": (
        "A code of six digits is on its way to {to}. It holds for ten minutes.",
        "छह अंकों का कोड {to} पर भेजा गया है। यह दस मिनट तक चलेगा।",
    ),
    "account.code": ("Code of six digits", "छह अंकों का कोड"),
    "account.code_go": ("Confirm the code", "कोड पक्का करें"),
    "account.send_to_new": ("Send a code there", "वहाँ कोड भेजें"),
    "account.cancel": ("Leave it", "रहने दें"),
    "account.contact_kept": ("Confirmed. Thank you.", "पक्का हो गया। धन्यवाद।"),
    "account.password": ("Password", "पासवर्ड"),
    "account.password_note": (
        "After a change, your other devices are signed out.",
        "बदलने पर आपके बाक़ी फ़ोन-कंप्यूटर साइन आउट हो जाते हैं।",
    ),
    "account.new_password": ("New password", "नया पासवर्ड"),
    "account.password_go": ("Change the password", "पासवर्ड बदलें"),
    "account.password_kept": (
        "Your password is new. Other devices are signed out.",
        "पासवर्ड बदल गया। बाक़ी फ़ोन-कंप्यूटर साइन आउट हो गए।",
    ),
    "account.saving": ("One moment…", "एक पल…"),
    "account.confirm_title": ("First, your password", "पहले आपका पासवर्ड"),
    "account.confirm_note": (
        "So that nobody changes this who only found your phone.",
        "ताकि जिसे बस आपका फ़ोन मिला हो, वह यह न बदल सके।",
    ),
    "account.present": ("The password you have now", "अभी का पासवर्ड"),
    "account.confirm_go": ("Go on", "आगे बढ़ें"),
    "account.sessions": ("Where you are signed in", "आप कहाँ साइन इन हैं"),
    "account.here": ("This device", "यही फ़ोन या कंप्यूटर"),
    "account.since": ("Signed in: {when}", "साइन इन: {when}"),
    "account.seen": ("Last here: {when}", "पिछली बार: {when}"),
    "account.end": ("Sign out", "साइन आउट करें"),
    "account.end_others": ("Sign out everywhere else", "बाक़ी सब जगह साइन आउट करें"),
    "account.ended": ("Signed out there.", "वहाँ साइन आउट हो गया।"),
    "account.only_here": ("You are signed in only here.", "आप सिर्फ़ यहाँ साइन इन हैं।"),
    "account.data": ("Your data", "आपका डेटा"),
    "account.data_note": (
        "Everything Cleanit keeps about you, in one file (JSON): profile, photos, cleanups, gifts, work, pay, notices.",
        "क्लीनइट आपके बारे में जो कुछ रखता है, एक फ़ाइल (JSON) में: प्रोफ़ाइल, फ़ोटो, सफ़ाई, योगदान, काम, कमाई, सूचनाएँ।",
    ),
    "account.data_why": (
        "So that nobody takes all of it who only found your phone.",
        "ताकि जिसे बस आपका फ़ोन मिला हो, वह यह सब न ले सके।",
    ),
    "account.data_go": ("Download my data", "मेरा डेटा डाउनलोड करें"),
    "account.data_ready": ("The download begins. If it does not:", "डाउनलोड शुरू हो रहा है। अगर न हो:"),
    "account.data_link": ("Download the file", "फ़ाइल डाउनलोड करें"),
    "account.unknown_browser": ("An app or a browser without a name", "कोई ऐप या बिना नाम का ब्राउज़र"),
    # an admin's second factor
    "factor.title": ("Second factor", "दूसरी पहचान"),
    "factor.show_it": ("Show your second factor", "दूसरी पहचान दिखाएँ"),
    "factor.link": ("Second factor for admins", "एडमिन की दूसरी पहचान"),
    "factor.lead": (
        "A code of an authenticator app on your phone, besides your password. Sign-in asks for it, and so does"
        " everything that moves money.",
        "पासवर्ड के अलावा आपके फ़ोन के ऑथेंटिकेटर ऐप का कोड। साइन इन में और पैसे के हर काम में यह माँगा जाता है।",
    ),
    "factor.none": ("You have none yet, so you cannot move money.", "अभी नहीं है, इसलिए आप पैसे का काम नहीं कर सकते।"),
    "factor.begin": ("Set it up", "तैयार करें"),
    "factor.scan": (
        "Scan this with an authenticator app, or type the key below into it. Then type the code it shows.",
        "इसे ऑथेंटिकेटर ऐप से स्कैन करें, या नीचे की कुंजी उसमें लिखें। फिर ऐप का कोड यहाँ लिखें।",
    ),
    "factor.qr": ("QR code for the authenticator app", "ऑथेंटिकेटर ऐप के लिए QR कोड"),
    "factor.key": ("Key", "कुंजी"),
    "factor.code": ("Code of the app", "ऐप का कोड"),
    "factor.code_or": ("Code of the app, or a recovery code", "ऐप का कोड, या बचाव कोड"),
    "factor.confirm": ("Confirm", "पक्का करें"),
    "factor.show": ("Show it", "दिखाएँ"),
    "factor.half_in": (
        "You are signed in with your password. Now the code of your app.",
        "पासवर्ड से साइन इन हो गया। अब ऐप का कोड लिखें।",
    ),
    "factor.stands": ("Set up {when}. {n} recovery codes are left.", "{when} से है। {n} बचाव कोड बचे हैं।"),
    "factor.proved": ("Shown. Until {when} you may move money.", "दिखा दी। {when} तक आप पैसे का काम कर सकते हैं।"),
    "factor.to_show": (
        "To move money, show it now. It holds for fifteen minutes.",
        "पैसे का काम करने के लिए अभी दिखाएँ। यह पंद्रह मिनट चलेगी।",
    ),
    "factor.codes": (
        "Write these ten codes down. Each stands in once for a lost phone. They are not shown again.",
        "ये दस कोड लिख लें। फ़ोन खो जाए तो हर कोड एक बार काम करेगा। ये दोबारा नहीं दिखेंगे।",
    ),
    "factor.codes_kept": ("I have written them down", "मैंने लिख लिए"),
    "factor.new_codes": ("New recovery codes", "नए बचाव कोड"),
    "factor.remove": ("Take the second factor away", "दूसरी पहचान हटाएँ"),
    "factor.removed": ("Taken away. Money asks for a new one.", "हटा दी। पैसे के काम के लिए नई रखें।"),
}
