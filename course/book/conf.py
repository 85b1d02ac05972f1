"""Sphinx's settings for the book. The pages come from course.book.pages, and with them what is folded."""

project = "Backprop by doing"
copyright = "the backprop-by-doing authors. Text and pictures: CC BY 4.0; code: BSD 3-Clause"
language = "en"
extensions = ["myst_nb"]

# Notebooks are shown as they are stored.
nb_execution_mode = "off"
nb_ipywidgets_js = {}  # every picture with controls is stored with a still one: no widget code to fetch
nb_render_error_lexer = "text"  # what check says is prose
nb_code_prompt_show = "Show what it prints"
nb_code_prompt_hide = "Hide what it prints"

# Formulas.
myst_enable_extensions = ["dollarmath"]
mathjax_path = "mathjax.js"  # build.py puts it there
mathjax3_config = {
    # The menu would make every formula a stop of the Tab key, and loads more files when used.
    "options": {"enableMenu": False},
    "svg": {"fontCache": "global", "scale": 0.95},
}

# Links to headings: those of JupyterLab.
myst_heading_anchors = 4
myst_heading_slug_func = "course.book.pages.heading_anchor"

html_theme = "furo"
html_title = project
html_theme_options = {
    "light_css_variables": {"color-code-background": "#f4f5f7"},
    "dark_css_variables": {"color-code-background": "#1d2125"},
}
html_static_path = ["book.css", "reading.js", "../static/step_graph.css"]
html_css_files = ["step_graph.css", "book.css"]
html_js_files = ["reading.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would fetch pages, which a browser refuses for files on disk
html_last_updated_fmt = None
html_use_index = False
html_permalinks_icon = "#"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "github-dark"
