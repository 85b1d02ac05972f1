"""What a submission might write to get a script, or a request, into a page that an instructor opens."""

from nbformat import from_dict

# Each sets a property of the window, were it to run.
MARKUP = {
    "script": "<script>window.A = 1</script>",
    "broken picture": "<img src=x onerror='window.B = 1'>",
    "link": "<a href='javascript:window.C = 1'>look</a>",
    "link behind a prefix": "<a href='files/javascript:window.C = 1'>look</a>",
    "frame": "<iframe srcdoc='<script>parent.D = 1</script>'></iframe>",
    "drawing": "<svg xmlns='http://www.w3.org/2000/svg' onload='window.E = 1'><circle r='9'/></svg>",
    "folded": "<details open ontoggle='window.F = 1'><summary>more</summary>text</details>",
    "style": "<style>@import 'https://example.org/style.css';</style>",
    "address in a style": "<p style='color:red;background:url(https://example.org/a.png)'>red</p>",
    "remote picture": "<img src='https://example.org/b.png' alt='far'>",
    "sheet": "<link rel='stylesheet' href='https://example.org/c.css'>",
    "moved": "<meta http-equiv='refresh' content='0;url=https://example.org/'>",
    "base": "<base href='https://example.org/'>",
    "form": "<form action='https://example.org/'><button id='x' class='btn full-credit'>Full credit</button></form>",
    "formulas": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.G=1&gt;'>",
}
OUTPUTS = {
    "javascript": {"application/javascript": "window.A = 1"},
    "widget": {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2}},
    "widget that is none": {"application/vnd.jupyter.widget-view+json": 5},
    "svg": {"image/svg+xml": MARKUP["drawing"], "text/plain": "x"},
    "png": {"image/png": "x' onerror='window.E = 1", "text/plain": "x"},
    "png that breaks out": {"image/png": '"><script>window.E = 1</script>'},
    "png that is none": {"image/png": 5},
    "latex": {"text/latex": "<script>window.A = 1</script>$x$"},
    "plain text": {"text/plain": "<script>window.A = 1</script>"},
    "html that is a list": {"text/html": [{"a": MARKUP["script"]}]},
    "nothing": {},
}
# What a cell of a hand-in says to show all of it.
CODE = f"""from IPython.display import HTML, Markdown, display
markup, outputs = {list(MARKUP.values())!r}, {list(OUTPUTS.values())!r}
for one in markup:
    display(HTML(one))
    display(Markdown(one))
for data in outputs:
    display(data, raw=True)"""


def display(data, **more):
    """An output as a notebook may hold it, right or wrong."""
    return from_dict({"output_type": "display_data", "data": data, "metadata": {}, **more})
