"""Grant the demo's credit lines, and take in what some dealers have put down in advance."""

from collections import defaultdict

from lingqu.kernel.ids import uuid7
from lingqu.modules.credit.api import NewAgreement, add_agreements
from lingqu.modules.ledger.api import NewAccount, NewEntry, Posting, account_id, open_accounts, post
from lingqu.roles.demo.load.known import CURRENCY, Known
from lingqu.roles.demo.plan.tariff import DISTRIBUTOR_LIMIT_MINOR, LIMITS_MINOR, PAYMENT_DAYS
from lingqu.runtime.tx import Tx

_PREPAID_MINOR = 2_000_00
_EVERY = 7


async def add_money(tx: Tx, known: Known) -> None:
    """Grant credit to every buyer; every seventh dealer has put some money down besides."""
    channel = known.plan.channel
    pairs = [(s, b, DISTRIBUTOR_LIMIT_MINOR) for s in channel.suppliers for b in channel.distributors]
    pairs += [(0, buyer, DISTRIBUTOR_LIMIT_MINOR) for buyer in channel.distributors]
    pairs += [(known.firm(d).seller, d, LIMITS_MINOR[known.firm(d).level]) for d in channel.dealers]
    agreements = [
        NewAgreement(
            seller_id=known.organizations[seller].id,
            buyer_id=known.organizations[buyer].id,
            limit_minor=limit,
            payment_days=PAYMENT_DAYS[known.firm(buyer).level],
        )
        for seller, buyer, limit in pairs
    ]
    ids = await add_agreements(tx, agreements=agreements)
    known.agreements = {(seller, buyer): id_ for (seller, buyer, _), id_ in zip(pairs, ids, strict=True)}
    accounts: dict[int, list[NewAccount]] = defaultdict(list)
    entries: dict[int, list[NewEntry]] = defaultdict(list)
    for seller, buyer, _ in pairs:
        owner, other = known.organizations[seller], known.organizations[buyer].party_id
        accounts[owner.home_cell] += [
            NewAccount(kind="prepaid", owner=owner.party_id, counterparty=other, currency=CURRENCY, floor=0),
            NewAccount(kind="cash", owner=owner.party_id, currency=CURRENCY),
        ]
        if buyer in channel.dealers and buyer % _EVERY == 0:
            entries[owner.home_cell].append(_paid_in(tx, known, seller, buyer))
    for cell_id in sorted(accounts):
        await open_accounts(tx, cell_id=cell_id, accounts=accounts[cell_id])
        await post(tx, cell_id=cell_id, entries=entries[cell_id])


def _paid_in(tx: Tx, known: Known, seller: int, buyer: int) -> NewEntry:
    owner, other = known.organizations[seller].party_id, known.organizations[buyer].party_id
    cash = account_id(kind="cash", owner=owner, currency=CURRENCY)
    prepaid = account_id(kind="prepaid", owner=owner, counterparty=other, currency=CURRENCY)
    id_ = uuid7(at=tx.now)
    return NewEntry(
        id=id_,
        kind="opening",
        document_kind="opening",
        document_id=id_,
        postings=(Posting(cash, prepaid, _PREPAID_MINOR),),
        business_on=known.plan.first,
        memo="期初预付款",
    )
