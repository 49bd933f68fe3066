"""Plain data to Markdown, through templates that a site can override."""

from .archive import Archive, Options
from .catalogue import all_pages
from .page import Page
from .rendering import Renderer

__all__ = ["Archive", "Options", "Page", "Renderer", "all_pages"]
