"""Words of questions about a result, where neighbours raise and admins decide them."""

WORDS: dict[str, tuple[str, str]] = {
    "dispute.link": ("It does not look clean to me", "मुझे साफ़ नहीं लगता"),
    "dispute.title": ("What is not clean?", "क्या साफ़ नहीं है?"),
    "dispute.means": (
        "A person looks at it within {house.dispute_hours} hours. Until then the cleaner's pay waits.",
        "{house.dispute_hours} घंटे में कोई देखेगा। तब तक सफ़ाईकर्मी का पैसा रुका रहेगा।",
    ),
    "dispute.reason": ("What do you see there?", "वहाँ क्या दिख रहा है?"),
    "dispute.hint": (
        "The cleaner reads it too, without your name.",
        "सफ़ाईकर्मी भी इसे पढ़ेंगे, आपके नाम के बिना।",
    ),
    "dispute.send": ("Send it", "भेजें"),
    "dispute.busy": ("Sending…", "भेज रहे हैं…"),
    "disputes.what": (
        "Who started or paid for a cleanup does not find it clean. The pay waits until you decide.",
        "सफ़ाई शुरू करने या पैसा देने वाले को काम साफ़ नहीं लगा। आपके फ़ैसले तक पैसा रुका है।",
    ),
    "disputes.none": ("Nothing is questioned", "किसी काम पर सवाल नहीं"),
    "disputes.none_more": (
        "For {house.cooling_hours} hours after an approval neighbours can say that a place is not clean.",
        "काम पास होने के {house.cooling_hours} घंटे तक पड़ोसी बता सकते हैं कि जगह साफ़ नहीं है।",
    ),
    "disputes.by_creator": ("{name}, who started it, {ago}", "{name}, जिन्होंने शुरू किया, {ago}"),
    "disputes.by_giver": ("{name}, who paid for it, {ago}", "{name}, जिन्होंने पैसा दिया, {ago}"),
    "disputes.due": ("Answer by {when}", "{when} तक जवाब दें"),
    "disputes.late": ("Past {house.dispute_hours} hours", "{house.dispute_hours} घंटे बीत गए"),
    "disputes.work": (
        "{name} cleaned it, {admin} approved it on {when}. {amount} wait.",
        "{name} ने साफ़ किया, {admin} ने {when} को पास किया। {amount} रुके हैं।",
    ),
    "disputes.mine": (
        "You approved this work. If another admin can judge it, that one says whether it stands."
        " You can take your approval back.",
        "यह काम आपने पास किया था। कोई दूसरा एडमिन जाँच सके तो वह ठीक है या नहीं यह वही कहेगा। अपनी मंज़ूरी आप वापस ले सकते हैं।",
    ),
    "disputes.others": ("{n} more people say so.", "{n} और लोग यही कहते हैं।"),
    "disputes.others.one": ("One more person says so.", "एक और व्यक्ति यही कहते हैं।"),
    "disputes.stands": ("The work stands", "काम ठीक है"),
    "disputes.stands_means": (
        "The pay goes on and leaves with the next run, unless something else keeps it.",
        "कोई और रोक न हो तो पैसा अगली बारी में जाएगा।",
    ),
    "disputes.stands_now": ("Let the pay go on", "पैसा आगे जाने दें"),
    "disputes.right": ("It is not clean", "जगह साफ़ नहीं है"),
    "disputes.right_means": (
        "The approval is taken back, nothing is paid, and the job opens for somebody else.",
        "मंज़ूरी वापस होगी, पैसा नहीं दिया जाएगा, और काम किसी और के लिए खुलेगा।",
    ),
    "disputes.right_now": ("Take the approval back", "मंज़ूरी वापस लें"),
    "disputes.note": ("Why? Both sides read it", "क्यों? दोनों पक्ष इसे पढ़ेंगे"),
    "disputes.done": ("Decided: {title}", "फ़ैसला हुआ: {title}"),
    "disputes.more": ("Show more", "और दिखाएँ"),
    "work.review": (
        "Somebody does not find it clean. We look within {house.dispute_hours} hours, your {amount} wait until then.",
        "किसी को यह साफ़ नहीं लगा। हम {house.dispute_hours} घंटे में देखेंगे, तब तक आपके {amount} रुके हैं।",
    ),
}
