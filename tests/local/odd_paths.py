"""Folders as people name them, in which every format and tool must find its way."""

ODD = (
    "a b/ü",
    'it\'s "100%" #1',
    "परियोजना/सफ़ाई",
    "d" * 180,
    "$HOME `id` ${PATH}",
    "semi;colon & amp, comma=?",
    "%(here)s %s %%",
    "back\\slash\\",
    " blanks at both ends ",
    "-rf ~",
    "(round) [square] {curly} <angle>",
)
