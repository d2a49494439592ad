"""One file for each outside thing; real ones and local stand-ins side by side."""
