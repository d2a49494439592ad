"""What running Cleanit for real needs: migrations, backups, the first admin."""
