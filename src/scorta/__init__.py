"""Plan the supply of a coalition: needs, pledges, stocks and routes in; one dated, checked plan out."""

import logging

__version__ = "0.1.0"
"""The version of this package, as written into every plan it makes."""

logging.getLogger(__name__).addHandler(logging.NullHandler())
