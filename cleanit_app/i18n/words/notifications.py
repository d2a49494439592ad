"""What the bell says, ``notify.<EVENT>`` by event and reader; found by name, so no page spells them out.

``{place}`` is the name of the cleanup, amounts and times come as ready strings or pairs.
"""

WORDS: dict[str, tuple[str, str]] = {
    "notify.somebody": ("A neighbour", "एक पड़ोसी"),
    "rejection.POOR_QUALITY": ("it is not clean enough yet", "सफ़ाई अभी पूरी नहीं है"),
    "rejection.WRONG_LOCATION": ("the photo shows another place", "फ़ोटो दूसरी जगह की है"),
    "rejection.FAKE_COMPLETION": ("the photo is not genuine", "फ़ोटो असली नहीं है"),
    "rejection.PHOTO_ISSUES": ("the photo cannot be checked", "फ़ोटो से जाँच नहीं हो सकती"),
    "rejection.OTHER": ("see the note", "नोट देखें"),
    "bank.account_closed": ("the account is closed", "खाता बंद है"),
    "bank.account_frozen": ("the account is frozen", "खाते पर रोक है"),
    "bank.account_wrong": ("the account number is wrong", "खाता नंबर ग़लत है"),
    "bank.account_asleep": ("the account is not in use", "खाता चालू नहीं है"),
    "bank.upi_wrong": ("the UPI id is wrong", "UPI आईडी ग़लत है"),
    "bank.bank_away": ("the bank did not answer", "बैंक का जवाब नहीं आया"),
    "bank.account_unknown": ("the bank does not know this account", "बैंक को यह खाता नहीं मिला"),
    "bank.ifsc_wrong": ("wrong IFSC", "IFSC ग़लत है"),
    "bank.no_imps": ("this account takes no IMPS", "इस खाते में IMPS नहीं आता"),
    "notify.campaign_created": ("New cleanup to approve: {place}", "नई सफ़ाई मंज़ूरी के लिए: {place}"),
    "notify.campaign_approved": (
        "{place} is live. Neighbours can chip in now.",
        "{place} शुरू हो गया। अब पड़ोसी पैसा दे सकते हैं।",
    ),
    "notify.campaign_declined": ("{place} was not approved: {reason}", "{place} मंज़ूर नहीं हुआ: {reason}"),
    "notify.campaign_cancelled": (
        "{place} was cancelled: {reason}",
        "{place} रद्द हुआ: {reason}",
    ),
    "notify.campaign_cancelled_refund": (
        "{place} was cancelled. Your {amount} is coming back.",
        "{place} रद्द हुआ। आपके {amount} वापस आ रहे हैं।",
    ),
    "notify.campaign_contribution": (
        "{name} gave {amount}. {missing} more and it is fully funded.",
        "{name} ने {amount} दिए। {missing} और, फिर पूरा पैसा जुड़ जाएगा।",
    ),
    "notify.campaign_contribution_last": (
        "{name} gave {amount} and finished it.",
        "{name} ने {amount} देकर पूरा कर दिया।",
    ),
    "notify.contribution_receipt": (
        "Your {amount} for {place} is held safely. The receipt is ready.",
        "{place} के लिए आपके {amount} जमा हैं। रसीद तैयार है।",
    ),
    "notify.campaign_funded": (
        "{place} is fully funded. A cleaner can take it now.",
        "{place} का पूरा पैसा जुड़ गया। अब सफ़ाईकर्मी काम ले सकते हैं।",
    ),
    "notify.campaign_funded_short": (
        "{place} goes ahead with {percent}% of its target. A cleaner can take it now.",
        "{place} का {percent}% पैसा जुड़ा, काम आगे बढ़ेगा। अब सफ़ाईकर्मी काम ले सकते हैं।",
    ),
    "notify.campaign_refunded": (
        "{place}: everyone has the money back, your {amount} too.",
        "{place}: सबका पैसा वापस पहुँच गया, आपके {amount} भी।",
    ),
    "notify.campaign_refunded_creator": (
        "{place}: everyone has the money back.",
        "{place}: सबका पैसा वापस पहुँच गया।",
    ),
    "notify.campaign_expired": (
        "{place} closed at {percent}%. Your {amount} is coming back.",
        "{place} {percent}% पर बंद हुआ। आपके {amount} वापस आ रहे हैं।",
    ),
    "notify.campaign_expired_creator": (
        "{place} closed at {percent}%. Everyone gets their money back.",
        "{place} {percent}% पर बंद हुआ। सबका पैसा वापस जा रहा है।",
    ),
    "notify.job_available": (
        "New jobs are open. {place} pays {amount}.",
        "नए काम खुले हैं। {place} में {amount} मिलेंगे।",
    ),
    "notify.job_claimed": (
        "{name} took the job at {place}. Time until {deadline}.",
        "{name} ने {place} का काम लिया। {deadline} तक।",
    ),
    "notify.job_claimed_self": (
        "You took {place}. Finish by {deadline}.",
        "आपने {place} का काम लिया। {deadline} तक पूरा करें।",
    ),
    "notify.job_unclaimed": (
        "The cleaner left the job at {place}. It is open to others.",
        "सफ़ाईकर्मी ने {place} का काम छोड़ा। अब दूसरे ले सकते हैं।",
    ),
    "notify.job_completed": (
        "{place} is cleaned. We are checking the photo now.",
        "{place} की सफ़ाई हो गई। अब फ़ोटो की जाँच हो रही है।",
    ),
    "notify.job_completed_admin": ("Photo to check: {place}, {amount}", "जाँच के लिए फ़ोटो: {place}, {amount}"),
    "notify.job_verified": (
        "Approved. {amount} will reach your bank by {day}.",
        "काम पास हुआ। {day} तक {amount} बैंक में आएँगे।",
    ),
    "notify.job_verified_neighbour": (
        "{place} is clean. Your {amount} did this.",
        "{place} साफ़ है। यह आपके {amount} से हुआ।",
    ),
    "notify.job_verified_creator": ("{place} is clean and checked.", "{place} साफ़ है, जाँच पूरी।"),
    "notify.job_rejected_retry": (
        "Not accepted yet: {reason}. Please do it again by {deadline}.",
        "अभी पास नहीं: {reason}। {deadline} तक दोबारा करें।",
    ),
    "notify.job_rejected_final": ("Not accepted: {reason}.", "पास नहीं हुआ: {reason}।"),
    "notify.job_rejected_creator": (
        "The photo of {place} was not accepted yet. The work goes on.",
        "{place} की फ़ोटो अभी पास नहीं हुई। काम जारी है।",
    ),
    "notify.job_auto_released": (
        "Time ran out, so the job is open to others. This lowers your completion rate.",
        "समय निकल गया, काम दूसरों के लिए खुल गया। इससे आपका रिकॉर्ड कमज़ोर होगा।",
    ),
    "notify.job_held": (
        "Three cleaners did not finish {place}. Please decide what happens with it.",
        "{place} तीन सफ़ाईकर्मियों से पूरा नहीं हुआ। कृपया फ़ैसला करें।",
    ),
    "notify.job_cancelled": (
        "{place} was cancelled, so the job is gone. It does not count against you.",
        "{place} रद्द हुआ, इसलिए काम हट गया। इसका असर आपके रिकॉर्ड पर नहीं होगा।",
    ),
    "notify.job_expired": (
        "Nobody cleaned {place} in {house.job_days} days. Everyone gets their money back.",
        "{place} की सफ़ाई {house.job_days} दिन में नहीं हुई। सबका पैसा वापस जा रहा है।",
    ),
    "notify.job_expired_refund": (
        "Nobody cleaned {place} in {house.job_days} days. Your {amount} is coming back.",
        "{place} की सफ़ाई {house.job_days} दिन में नहीं हुई। आपके {amount} वापस आ रहे हैं।",
    ),
    "notify.cleaner_suspended": ("Your account is paused: {reason}", "आपका खाता रोका गया है: {reason}"),
    "notify.cleaner_suspended_admin": ("A cleaner was paused: {reason}", "एक सफ़ाईकर्मी का खाता रोका गया: {reason}"),
    "notify.terms_renewed": (
        "Our terms have a new version, {version}. Please read and accept it.",
        "हमारे नियमों का नया संस्करण है: {version}। पढ़कर मान लें।",
    ),
    "notify.person_suspended": ("Your account is paused: {reason}", "आपका खाता रोका गया है: {reason}"),
    "notify.person_reinstated": ("Your account is open again.", "आपका खाता फिर खुल गया है।"),
    "notify.admin_suspended_admin": (
        "The admin {name} was paused: {reason}",
        "एडमिन {name} का खाता रोका गया: {reason}",
    ),
    "notify.verification_queue_long": (
        "{n} photos wait to be checked.",
        "{n} फ़ोटो जाँच के इंतज़ार में हैं।",
    ),
    "notify.verification_over_48_h": (
        "{place} has waited more than {house.urgent_hours} hours for a check.",
        "{place} {house.urgent_hours} घंटे से ज़्यादा से जाँच के इंतज़ार में है।",
    ),
    "notify.verification_average_long": (
        "Checks wait more than {house.average_hours} hours on average ({n} now). More admins would help.",
        "जाँच में औसतन {house.average_hours} घंटे से ज़्यादा लग रहे हैं (अभी {n})। और एडमिन चाहिए।",
    ),
    "notify.deadline_24h": ("24 hours left for {place}.", "{place} के लिए 24 घंटे बाकी।"),
    "notify.deadline_1h": ("1 hour left for {place}.", "{place} के लिए 1 घंटा बाकी।"),
    "notify.payout_success": (
        "{amount} is in your bank. Ref {reference}.",
        "{amount} आपके बैंक में आ गए। Ref {reference}.",
    ),
    "notify.payout_failed": (
        "{amount} could not be sent: {reason}. We try again by ourselves.",
        "{amount} नहीं भेज पाए: {reason}। हम अपने आप फिर भेजेंगे।",
    ),
    "notify.payout_failed_admin": (
        "Payout needs a person: {amount}, {reason}",
        "भुगतान अटका: {amount}, {reason}",
    ),
    "notify.payout_tried_again_admin": (
        "A payout did not go through and will be tried again: {amount}, {reason}",
        "भुगतान नहीं गया, फिर कोशिश होगी: {amount}, {reason}",
    ),
    "notify.payout_details_wrong_admin": (
        "The bank refuses the account of {name}: {amount} waits for another one, {reason}",
        "बैंक ने {name} का खाता नहीं माना: {amount} दूसरे खाते के इंतज़ार में, {reason}",
    ),
    "notify.money_comes_back": (
        "{place} was full already. Your {amount} is coming back by {day}.",
        "{place} का पैसा पहले ही पूरा था। आपके {amount} {day} तक वापस आएँगे।",
    ),
    "notify.refund_processed": ("{amount} is back with you.", "{amount} आपको वापस मिल गए।"),
    "notify.refund_stuck": (
        "Your refund of {amount} is stuck. We are on it, you need to do nothing.",
        "आपके {amount} की वापसी अटकी है। हम देख रहे हैं, आपको कुछ नहीं करना।",
    ),
    "notify.refund_stuck_admin": (
        "Refund needs a person: {amount}, {reason}",
        "वापसी अटकी: {amount}, {reason}",
    ),
    "notify.mismatches_found": (
        "Razorpay's book and ours differ in {n} places",
        "रेज़रपे और हमारी किताब {n} जगह अलग हैं",
    ),
    "notify.books_wrong": ("{n} rules of the books do not hold", "किताबों के {n} नियम टूटे हैं"),
    "notify.reconciliation_late": (
        "For {n} hours our book was not compared with Razorpay's. Please look.",
        "{n} घंटे से हमारी किताब रेज़रपे से नहीं मिलाई गई। कृपया देखें।",
    ),
    "notify.message_unknown": (
        "Razorpay speaks of something we do not know ({event}). Please look.",
        "रेज़रपे ने ऐसी बात बताई जो हमारे यहाँ नहीं है ({event})। कृपया देखें।",
    ),
    "notify.message_parked": (
        "A message from Razorpay could not be worked on ({event}). Please look.",
        "रेज़रपे के एक संदेश पर काम नहीं हो सका ({event})। कृपया देखें।",
    ),
    "notify.fraud_suspected": ("Possible fraud: {place}", "धोखे का शक: {place}"),
    "notify.kyc_verified": (
        "Your ID was found. A person looks at it once more.",
        "आपका पहचान पत्र मिल गया। एक व्यक्ति एक बार और देखेगा।",
    ),
    "notify.kyc_active": ("Your check is done. You can take jobs now.", "आपकी जाँच पूरी हुई। अब काम ले सकते हैं।"),
    "notify.identity_to_check": (
        "{name} handed in an ID. Please look at it.",
        "{name} ने पहचान पत्र दिया है। कृपया देखें।",
    ),
    "notify.photo_infected": (
        "A photo you sent carries something harmful. Nobody was shown it; take a new one.",
        "आपकी भेजी एक फ़ोटो में कुछ हानिकारक है। किसी को नहीं दिखाई गई; नई फ़ोटो लें।",
    ),
    "notify.photo_infected_admin": (
        "A photo of {name} carries something harmful and was destroyed. Please look at the account.",
        "{name} की एक फ़ोटो में कुछ हानिकारक था, वह मिटा दी गई। कृपया खाता देखें।",
    ),
    "notify.kyc_rejected": ("Something in your papers needs fixing.", "आपके काग़ज़ में कुछ ठीक करना है।"),
    "notify.kyc_rejected_because": (
        "Something in your papers needs fixing: {reason}",
        "आपके काग़ज़ में कुछ ठीक करना है: {reason}",
    ),
    "notify.sign_ins_failed": (
        "Somebody tried {n} times to get into your account and did not. If it was not you, choose a longer password.",
        "किसी ने {n} बार आपके खाते में आने की कोशिश की और नहीं आ सका। अगर वह आप नहीं थे, तो लंबा पासवर्ड चुनें।",
    ),
    "notify.sign_ins_failed_admin": (
        "{n} failed sign-ins at the account of {name}",
        "{name} के खाते पर {n} असफल साइन इन",
    ),
}
