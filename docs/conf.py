"""How the documentation is built: make docs."""

import govtext

project = "govtext"
copyright = "the authors of govtext, Apache-2.0"
version = release = govtext.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
default_role = "code"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_class_signature = "separated"
python_maximum_signature_line_length = 88
napoleon_use_rtype = False
html_theme = "furo"
html_title = "govtext"
html_show_sourcelink = False
html_copy_source = False
