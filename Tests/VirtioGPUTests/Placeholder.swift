// Placeholder, replaced when the module's first test lands.
