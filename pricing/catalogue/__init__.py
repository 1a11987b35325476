"""The catalogue: dated facts with their sources, read only.

Token prices, rented instances, servers, appliances, accelerators, open models, and figures to
assume where a buyer states none. Every figure carries value, unit, currency, region, date, source
and confidence; what is not known is `None`, never a guess. `packaging/build_catalogue.py` makes the
files in resources/catalogue/ from the tables in resources/catalogue/sources/.

`load_catalogue()` gives the `Catalogue` shipped with Reckoner, `present_catalogue()` the one in use
for new plans, `catalogue_for(plan)` that of a plan. Others come as files (`packed`), are looked
over (`verify`), compared (`changes`) and kept (`installed`). `prices_in_force` and `price_changes`
say what a month pays, `request_cost` what one request costs, `is_stale` whether a figure is too
old to go unmarked, `describe` puts an entry in words and `check_catalogue` finds what is wrong,
missing or old.
"""

from pricing.catalogue.assumption import Assumption, Fact
from pricing.catalogue.catalogue import Catalogue, load_catalogue
from pricing.catalogue.check import Problem, check_catalogue
from pricing.catalogue.dates import STALE_AFTER_MONTHS, is_stale, parse_as_of
from pricing.catalogue.describe import describe
from pricing.catalogue.errors import CatalogueError, CatalogueFileError
from pricing.catalogue.figures import figures_of
from pricing.catalogue.hardware import (
    ApplianceEntry,
    Hardware,
    Part,
    ReferenceCheck,
    Rental,
    RentalPrice,
    Server,
)
from pricing.catalogue.installed import catalogue_for, present_catalogue
from pricing.catalogue.licences import Licence, licence_of, permitted_use
from pricing.catalogue.models import Accelerator, OpenModel
from pricing.catalogue.request import RequestCost, TokenUsage, request_cost
from pricing.catalogue.shelf import Summary
from pricing.catalogue.tokens import (
    DatedPrices,
    LongContextTier,
    TokenModel,
    TokenRates,
    monthly_prices,
    price_changes,
    prices_in_force,
)

__all__ = [
    "STALE_AFTER_MONTHS",
    "Accelerator",
    "ApplianceEntry",
    "Assumption",
    "Catalogue",
    "CatalogueError",
    "CatalogueFileError",
    "DatedPrices",
    "Fact",
    "Hardware",
    "Licence",
    "LongContextTier",
    "OpenModel",
    "Part",
    "Problem",
    "ReferenceCheck",
    "Rental",
    "RentalPrice",
    "RequestCost",
    "Server",
    "Summary",
    "TokenModel",
    "TokenRates",
    "TokenUsage",
    "catalogue_for",
    "check_catalogue",
    "describe",
    "figures_of",
    "is_stale",
    "licence_of",
    "load_catalogue",
    "monthly_prices",
    "parse_as_of",
    "permitted_use",
    "present_catalogue",
    "price_changes",
    "prices_in_force",
    "request_cost",
]
