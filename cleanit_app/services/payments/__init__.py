"""Money that comes in: the wish to give, its order, its payment, its receipt."""
