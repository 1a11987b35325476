"""The bill: how every way to serve is turned into lines of the ledger, one module each.

`write_bill` writes the whole ledger of a plan. `book` holds what every section shares; `demand`,
`prices`, `long_context`, `tokens`, `load`, `fleet` and `purchase` are the parts; `setup` gathers
data sheets, `prediction` asks the serving model, `predicted`, `work`, `window` and `usable` write
what one server does; `token_priced`, `rented`, `owned` and `appliance` put them together; `costs`
adds up; `comparison` sets options against each other. A new formula is a line in the module of the
thing it belongs to.
"""

from pricing.bill.bill import Bill, write_bill
from pricing.bill.costs import CATEGORIES, BillLines
from pricing.bill.errors import BillError
from pricing.bill.prediction import Prediction, predict_work
from pricing.bill.setup import Setup, setup_of

__all__ = [
    "CATEGORIES",
    "Bill",
    "BillError",
    "BillLines",
    "Prediction",
    "Setup",
    "predict_work",
    "setup_of",
    "write_bill",
]
