"""Sphinx's settings. `python -m docs.site` gives it the collected pages."""

from course_utils import __version__

project = "Exploring Neural Networks"
author = "The authors of Exploring Neural Networks"
copyright = f"{author}. Code: MIT, texts and pictures: CC BY 4.0"
version = release = __version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "docs.site.glossary", "docs.site.library", "docs.site.mathml"]
exclude_patterns = ["notebooks"]
nb_execution_mode = "off"  # the outputs are those that the build stored
nb_merge_streams = True
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
autodoc_inherit_docstrings = False
autodoc_typehints = "none"  # the sections Shapes and Errors say more
html_math_renderer = "mathml"

html_theme = "pydata_sphinx_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["course.css"]
html_show_sourcelink = False
html_copy_source = False
html_sidebars = {"index": [], "docs/students": []}
html_theme_options = {
    "logo": {"text": project},
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "show_nav_level": 1,
    "navigation_depth": 2,
    "show_toc_level": 2,
    "back_to_top_button": False,
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
