"""The Razorpay sandbox, met over real HTTP."""
