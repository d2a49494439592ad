"""Words of signing in and joining."""

WORDS: dict[str, tuple[str, str]] = {
    "login.title": ("Sign in", "साइन इन"),
    "login.identifier": ("Mobile number or email", "मोबाइल नंबर या ईमेल"),
    "login.password": ("Password", "पासवर्ड"),
    "login.go": ("Sign in", "साइन इन करें"),
    "login.busy": ("Signing in…", "साइन इन हो रहा है…"),
    "login.new": ("New here?", "पहली बार आए हैं?"),
    "login.join": ("Join Cleanit", "क्लीनइट से जुड़ें"),
    "login.safe": (
        "We never ask for your password in a call or a message.",
        "हम फ़ोन या संदेश में पासवर्ड कभी नहीं पूछते।",
    ),
    "join.title": ("Join Cleanit", "क्लीनइट से जुड़ें"),
    "join.role": ("What do you want to do?", "आप क्या करना चाहते हैं?"),
    "join.citizen": ("Get places cleaned", "जगहें साफ़ करवाना"),
    "join.citizen_note": ("Show dirty spots and chip in", "गंदी जगह दिखाएँ और पैसा जोड़ें"),
    "join.cleaner": ("Clean and earn", "सफ़ाई करके कमाना"),
    "join.cleaner_note": (
        "Take jobs, get {house.cleaner_share}% of the money. We check your ID and bank first.",
        "काम लें, {house.cleaner_share}% पैसा पाएँ। पहले पहचान और बैंक की जाँच होगी।",
    ),
    "join.name": ("Your name", "आपका नाम"),
    "join.name_hint": (
        "Neighbours see it beside what you give. You can hide it each time.",
        "आपके दिए पैसे के साथ पड़ोसियों को दिखता है। हर बार छिपा सकते हैं।",
    ),
    "join.phone": ("Mobile number", "मोबाइल नंबर"),
    "join.phone_hint": (
        "10 digits. You sign in with it. We send a code there.",
        "10 अंक। इसी से साइन इन होगा। हम वहाँ एक कोड भेजेंगे।",
    ),
    "join.email": ("Email, if you have no Indian number", "ईमेल, अगर भारतीय नंबर नहीं है"),
    "join.email_hint": (
        "One of the two is enough. With both, the number is used; you can add the email later.",
        "दोनों में से एक काफ़ी है। दोनों हों तो नंबर लिया जाता है; ईमेल बाद में जोड़ सकते हैं।",
    ),
    "join.password": ("Choose a password", "पासवर्ड चुनें"),
    "join.password_hint": (
        "At least {least} letters or digits. Three words are easy to keep in mind.",
        "कम से कम {least} अक्षर या अंक। तीन शब्द आसानी से याद रहते हैं।",
    ),
    "join.terms": ("I accept the {terms} and the {privacy}.", "मुझे {terms} और {privacy} मंज़ूर है।"),
    "join.terms_link": ("terms", "नियम"),
    "join.privacy_link": ("privacy notice", "निजता की बात"),
    "join.go": ("Join", "जुड़ें"),
    "join.busy": ("Joining…", "जुड़ रहे हैं…"),
    "join.code_title": ("Type the code", "कोड लिखें"),
    "join.code_sent": (
        "A code of six digits is on its way. It holds for ten minutes.",
        "छह अंकों का कोड भेजा गया है। यह दस मिनट तक चलेगा।",
    ),
    "join.code_sent_to": (
        "A code of six digits is on its way to {to}. It holds for ten minutes.",
        "छह अंकों का कोड {to} पर भेजा गया है। यह दस मिनट तक चलेगा।",
    ),
    "join.code": ("Code of six digits", "छह अंकों का कोड"),
    "join.open": ("Open my account", "मेरा खाता खोलें"),
    "join.opening": ("Opening it…", "खोल रहे हैं…"),
    "join.again": ("Send another code", "दूसरा कोड भेजें"),
    "join.again_in": ("Another code in {time}", "दूसरा कोड {time} में"),
    "join.again_sent": (
        "Another code is on its way. Only the new one fits.",
        "दूसरा कोड भेजा गया है। अब सिर्फ़ नया कोड चलेगा।",
    ),
    "join.change": ("Change the number or email", "नंबर या ईमेल बदलें"),
    "join.old": ("Already joined?", "पहले से जुड़े हैं?"),
}
