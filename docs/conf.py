"""How Sphinx builds these pages: Markdown by MyST, set by Furo, every doubt an error."""

import scorta

project = "Scorta"
author = "The Scorta authors"
copyright = "2026, The Scorta authors"
version = release = scorta.__version__

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = f"Scorta {release}"
html_show_sphinx = False
