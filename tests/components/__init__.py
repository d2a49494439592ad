"""The design system: words, formats, icons, styles and the scripts of the browser."""
