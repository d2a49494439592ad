"""Two hundred pictures as phones, cameras and programs make them, and what Cleanit must say of each."""
