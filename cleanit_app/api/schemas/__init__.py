"""The shapes of the contract: camelCase names, whole paise, moments in UTC."""
