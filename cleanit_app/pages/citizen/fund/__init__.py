"""Chipping in: the form, the sum, Razorpay's sheet."""
