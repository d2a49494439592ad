"""Secrets that only tests use."""

JWT_SECRET = "tests-only-jwt-secret-0123456789abcdef"
FILE_SIGNING_SECRET = "tests-only-file-secret-0123456789abcdef"
FIELD_ENCRYPTION_KEYS = {1: b"tests-only-field-key-0123456789a"}
RAZORPAY_KEY_ID = "rzp_test_cleanit000001"
RAZORPAY_KEY_SECRET = "tests-only-razorpay-secret"
RAZORPAY_WEBHOOK_SECRET = "tests-only-webhook-secret"
RAZORPAY_X_ACCOUNT_NUMBER = "7878780080316316"
