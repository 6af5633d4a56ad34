"""The scripts and the style of a map's page, as text to stand in it."""

import re
from functools import lru_cache
from importlib import resources

# The scripts are modules, for linters and tests; in the page, where nothing can be imported, they
# share one scope. So names are unique among them, and a test holds that.
_IMPORT = re.compile(r"^import \{[^}]*\} from \"[^\"]+\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@lru_cache
def read_script() -> str:
    """Return all scripts as one that leaves only `geoMentions` behind."""
    scripts = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    texts = [file.read_text(encoding="utf-8") for file in scripts if file.name.endswith(".js")]
    body = _EXPORT.sub("", _IMPORT.sub("", "".join(texts)))
    return f'window.geoMentions = (() => {{\n"use strict";\n{body}return geoMentions;\n}})();'


@lru_cache
def read_style() -> str:
    """Return the page's style sheet."""
    return resources.files(__name__).joinpath("page.css").read_text(encoding="utf-8")
