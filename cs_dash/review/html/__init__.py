"""A deck as one HTML file, which is also what is presented in the app: no request to anywhere, keyboard, print.

document    the whole file: slides, style sheet, scripts, typeface, content policy
slides      one slide: its parts in words, in the layout that has room for them
layout      how much room a text or a part takes, in pixels of a slide of 1280 x 720
drawings    charts as SVG whose colours follow the theme
typeface    Inter, as far as the deck has its letters
"""

from cs_dash.review.html.document import Document, document, html_bytes
from cs_dash.review.html.slides import DecisionForm

__all__ = ["DecisionForm", "Document", "document", "html_bytes"]
