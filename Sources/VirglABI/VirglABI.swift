// Placeholder, replaced when the module's first file lands.
