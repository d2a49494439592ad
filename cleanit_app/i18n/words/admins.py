"""Words of the page of admins and their duties."""

WORDS: dict[str, tuple[str, str]] = {
    "admins.title": ("Admins and their duties", "एडमिन और उनकी ज़िम्मेदारियाँ"),
    "admins.lead": (
        "What each may do follows from the duties ticked here, from that person's next click on. Everybody concerned is"
        " told, and it is written down.",
        "यहाँ चुनी ज़िम्मेदारियों से तय होता है कि कौन क्या कर सकता है, उनके अगले क्लिक से ही। जिनसे जुड़ा है उन्हें बताया"
        " जाता है, और यह लिखा रहता है।",
    ),
    "admins.you": ("You", "आप"),
    "admins.own": (
        "Nobody changes the own duties. Ask another senior.",
        "कोई अपनी ज़िम्मेदारी ख़ुद नहीं बदलता। किसी दूसरे सीनियर से कहें।",
    ),
    "admins.factor": ("Second factor set up", "दूसरी पहचान तैयार"),
    "admins.no_factor": ("No second factor yet", "दूसरी पहचान अभी नहीं"),
    "admins.save": ("Save the duties", "ज़िम्मेदारियाँ सहेजें"),
    "admins.saving": ("Saving…", "सहेज रहे हैं…"),
    "admins.saved": ("Saved. {name} has been told.", "सहेजा गया। {name} को बता दिया गया।"),
    "admins.none_left": ("{name} may now do nothing here.", "{name} अब यहाँ कुछ नहीं कर सकते।"),
    "admins.appoint_title": ("Somebody new", "कोई नया"),
    "admins.appoint_lead": (
        "The person joins like everybody, confirms email or phone under Account, and becomes an admin here. Everybody"
        " concerned is told.",
        "वह व्यक्ति सबकी तरह जुड़ता है, खाते में ईमेल या फ़ोन पक्का करता है, और यहाँ एडमिन बनता है। जिनसे जुड़ा है उन्हें बताया जाता है।",
    ),
    "admins.contact": ("Email or phone of the account", "खाते का ईमेल या फ़ोन"),
    "admins.contact_hint": ("As the person signs in.", "जिससे वह साइन इन करते हैं।"),
    "admins.which": ("Tick at least one duty.", "कम से कम एक ज़िम्मेदारी चुनें।"),
    "admins.appoint": ("Make an admin", "एडमिन बनाएँ"),
    "admins.more": ("More", "और"),
    "admins.appointed": ("{name} is an admin now and has been told.", "{name} अब एडमिन हैं, और उन्हें बता दिया गया।"),
    "duty.VERIFIER": ("Verifier: checks work, approves and ends cleanups", "जाँच: काम परखना, सफ़ाई मंज़ूर या ख़त्म करना"),
    "duty.FINANCE": ("Finance: sees the books, sends pay and refunds", "पैसा: हिसाब देखना, भुगतान और रिफ़ंड भेजना"),
    "duty.SUPPORT": ("Support: finds people and helps them", "मदद: लोगों को खोजना और मदद करना"),
    "duty.COMPLIANCE": ("Compliance: checks IDs and bank accounts", "पहचान: ID और बैंक खाते जाँचना"),
    "duty.SENIOR": ("Senior: all of this, and manages admins", "सीनियर: यह सब, और एडमिन सँभालना"),
}
