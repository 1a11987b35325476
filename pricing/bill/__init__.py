"""The bill: how every way to serve is turned into lines of the ledger, one module each.

`write_bill` writes the whole ledger of a plan. `book` holds what every section shares; `demand`,
`prices`, `long_context`, `tokens`, `load`, `fleet` and `purchase` are the parts; `token_priced`,
`rented`, `owned` and `appliance` put them together; `costs` adds up; `comparison` sets options
against each other. A new formula is a line in the module of the thing it belongs to.
"""

from pricing.bill.bill import Bill, write_bill
from pricing.bill.costs import CATEGORIES, BillLines
from pricing.bill.errors import BillError

__all__ = ["CATEGORIES", "Bill", "BillError", "BillLines", "write_bill"]
