"""Words of the admin's pages."""

WORDS: dict[str, tuple[str, str]] = {
    "admin.overview": ("Overview", "एक नज़र"),
    "admin.verification": ("Verification", "जाँच"),
    "admin.campaigns": ("Campaigns", "सफ़ाइयाँ"),
    "admin.users": ("Users", "लोग"),
    "admin.kyc": ("KYC", "KYC"),
    "admin.money": ("Money", "पैसा"),
    "admin.transactions": ("Transactions", "लेन-देन"),
    "admin.payouts": ("Payouts", "भुगतान"),
    "admin.refunds": ("Refunds", "वापसी"),
    "admin.reconciliation": ("Reconciliation", "मिलान"),
    "admin.care": ("Care", "देखभाल"),
    "admin.disputes": ("Disputes", "विवाद"),
    "admin.support": ("Support", "मदद"),
    "admin.fraud": ("Fraud", "धोखा"),
    "admin.system": ("System", "व्यवस्था"),
    "admin.audit": ("Audit log", "लेखा-जोखा"),
    "admin.jobs": ("Scheduled jobs", "तय काम"),
    "admin.settings": ("Settings", "सेटिंग"),
}
