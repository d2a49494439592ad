"""Words about money that waits, is held, stopped, unsure or odd, and about checking accounts."""

WORDS: dict[str, tuple[str, str]] = {
    "error.PAYOUT_ON_HOLD": ("This payout is held back. Release it first.", "यह भुगतान रोका है। पहले इसे छोड़ें।"),
    "error.ACCOUNT_REFUSED_BY_BANK": (
        "The bank does not know this account. The cleaner must give another.",
        "बैंक को यह खाता नहीं मिला। सफ़ाईकर्मी को दूसरा खाता देना होगा।",
    ),
    "error.MONEY_STOPPED": (
        "An admin has stopped this money for now. Nothing is lost, everything keeps its place.",
        "एक एडमिन ने यह पैसा अभी रोका है। कुछ खोया नहीं, सब अपनी जगह है।",
    ),
    "error.REFUND_NOT_WAITING": ("This refund does not wait for anybody.", "यह वापसी किसी के इंतज़ार में नहीं है।"),
    "error.REFUND_TOO_OLD": (
        "The payment is older than six months. Give it back by bank transfer and record that here.",
        "भुगतान छह महीने से पुराना है। बैंक से वापस करें और यहाँ लिखें।",
    ),
    "error.LIST_CHANGED": (
        "The list has changed in the meantime. Look at it again, then confirm.",
        "इस बीच सूची बदल गई। फिर देखें, तब पक्का करें।",
    ),
    "field.reference_form": (
        "The bank's number has 6 to 30 letters and digits.",
        "बैंक के नंबर में 6 से 30 अक्षर और अंक होते हैं।",
    ),
    "bank.low_balance": ("our balance there is too low", "वहाँ हमारे खाते में पैसा कम है"),
    "bank.no_access": ("our access was refused", "हमारी पहुँच नहीं मानी गई"),
    "bank.payment_too_old": ("the payment is older than six months", "भुगतान छह महीने से पुराना है"),
    "bank.never_left": ("somebody saw that it never left", "देखा गया कि पैसा गया ही नहीं"),
    "bank.key_conflict": (
        "the provider knows this request with other contents",
        "भुगतान कंपनी के पास यही अनुरोध दूसरी बातों के साथ है",
    ),
    "bank.unknown_outcome": ("no clear answer for a quarter of an hour", "पंद्रह मिनट से साफ़ जवाब नहीं"),
    "bank.unknown_for_a_day": ("no clear answer for a day", "एक दिन से साफ़ जवाब नहीं"),
    "bank.left_after_all": ("it had failed, and now it left after all", "पहले नाकाम था, अब पता चला कि चला गया"),
    "bank.beneficiary_bank_rejected": ("the bank refused it", "बैंक ने नहीं लिया"),
    "bank.beneficiary_bank_failure": ("the bank could not take it", "बैंक नहीं ले पाया"),
    "bank.name_differs": ("the account is in another name", "खाता दूसरे नाम पर है"),
    "notify.payout_failed_person": (
        "{amount} could not be sent: {reason}. Somebody at Cleanit looks after it, you need to do nothing.",
        "{amount} नहीं भेज पाए: {reason}। क्लीनइट में कोई देख रहा है, आपको कुछ नहीं करना।",
    ),
    "notify.payout_details_wrong": (
        "{amount} could not be sent: {reason}. Give us the right account and it goes by itself.",
        "{amount} नहीं भेज पाए: {reason}। सही खाता दें, फिर अपने आप जाएगा।",
    ),
    "notify.account_wrong": (
        "We cannot pay to this account: {reason}. Please give another.",
        "इस खाते में पैसा नहीं भेज सकते: {reason}। कृपया दूसरा खाता दें।",
    ),
    "notify.payout_held": (
        "Your {amount} for {place} is held back for now: {reason}",
        "{place} के आपके {amount} अभी रोके हैं: {reason}",
    ),
    "notify.payout_released": (
        "Your {amount} for {place} goes on and leaves with the next run.",
        "{place} के आपके {amount} अब आगे बढ़े, अगली बारी में जाएँगे।",
    ),
    "notify.payout_account_changed": (
        "Your money now goes to {mask}, from {usable} on. Was it not you? Change your password and tell us.",
        "आपका पैसा अब {mask} में जाएगा, {usable} से। आपने नहीं बदला? पासवर्ड बदलें और हमें बताएँ।",
    ),
    "notify.account_confirmed": (
        "Your bank confirmed your account. Your pay can go there.",
        "बैंक ने आपका खाता पक्का किया। अब पैसा वहाँ जा सकता है।",
    ),
    "notify.account_to_confirm": ("Account to confirm: {name}", "खाता पक्का करना है: {name}"),
    "notify.payout_unsure": (
        "Did this payout leave? {amount} for {place}: {reason}",
        "यह भुगतान गया या नहीं? {place} के {amount}: {reason}",
    ),
    "notify.refund_unsure": (
        "Did this refund leave? {amount} of {place}: {reason}",
        "यह वापसी गई या नहीं? {place} के {amount}: {reason}",
    ),
    "notify.payouts_wait": ("Payouts wait: {reason}", "भुगतान रुके हैं: {reason}"),
    "notify.refunds_wait": ("Refunds wait: {reason}", "वापसियाँ रुकी हैं: {reason}"),
    "notify.payouts_stopped": ("Payouts were stopped: {reason}", "भुगतान रोके गए: {reason}"),
    "notify.refunds_stopped": ("Refunds were stopped: {reason}", "वापसियाँ रोकी गईं: {reason}"),
    "notify.payouts_resumed": ("Payouts leave again.", "भुगतान फिर जा रहे हैं।"),
    "notify.refunds_resumed": ("Refunds leave again.", "वापसियाँ फिर जा रही हैं।"),
    "notify.payment_odd": (
        "A payment looks odd: {amount} for {place}, {reason}",
        "एक भुगतान अजीब लगता है: {place} के {amount}, {reason}",
    ),
    "odd.MANY_GIFTS": ("many gifts within an hour", "एक घंटे में कई बार दिया"),
    "odd.MANY_FAILED": ("many failed tries within an hour", "एक घंटे में कई नाकाम कोशिशें"),
    "odd.BIG_FIRST": ("an unusually big first gift", "पहली बार में बहुत बड़ी रक़म"),
    "odd.SAME_DEVICE": ("from the device of who started the cleanup", "सफ़ाई शुरू करने वाले के फ़ोन से"),
}
