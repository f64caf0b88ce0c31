"""What the sandbox remembers, past any kill: charges and refunds in a file of its own."""

import sqlite3
from pathlib import Path

import msgspec

from lingqu.adapters.sandbox_payment import SandboxCharge
from lingqu.runtime.paying import Charge, ChargeStatus, RefundStatus

_TABLES = """
create table if not exists charge (
    reference text primary key, amount_minor integer not null, currency text not null, subject text not null,
    status text not null, notify_url text not null
);
create table if not exists refund (
    refund_reference text primary key, reference text not null, amount_minor integer not null, status text not null
);
"""


class CannotPay(Exception):
    """There is no such charge, or it can be paid no more."""


class Till:
    """Charges and refunds. Everything may be asked twice and happens once."""

    def __init__(self, file: Path) -> None:
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def create(self, new: SandboxCharge) -> None:
        """Make a charge, or find the one that was made."""
        charge = new.charge
        self._base.execute(
            "insert into charge values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            (
                charge.reference,
                charge.amount_minor,
                charge.currency,
                charge.subject,
                ChargeStatus.PENDING.value,
                new.notify_url,
            ),
        )

    def find(self, reference: str) -> Charge:
        """Tell how a charge stands."""
        row = self._base.execute("select status, amount_minor from charge where reference = ?", (reference,)).fetchone()
        if row is None:
            return Charge(status=ChargeStatus.UNKNOWN)
        return Charge(status=ChargeStatus(row[0]), amount_minor=row[1])

    def about(self, reference: str) -> tuple[str, int, str, str]:
        """Tell what the pay page shows and whom to call: subject, amount, currency, address.

        Raises: CannotPay.
        """
        row = self._base.execute(
            "select subject, amount_minor, currency, notify_url from charge where reference = ?", (reference,)
        ).fetchone()
        if row is None:
            raise CannotPay
        return msgspec.convert(row, tuple[str, int, str, str])

    def end(self, reference: str, status: ChargeStatus, *, is_forced: bool = False) -> None:
        """Pay, fail or close a charge. ``is_forced``: even one that was closed, as no provider should.

        Raises: CannotPay.
        """
        done = self._base.execute(
            "update charge set status = ? where reference = ? and (status = 'pending' or (? and status <> 'paid'))",
            (status.value, reference, is_forced),
        ).rowcount
        if not done and self.find(reference).status is not status:
            raise CannotPay

    def refund(self, reference: str, *, refund_reference: str, amount_minor: int, can_do: bool) -> RefundStatus:
        """Give back what was paid, once for each reference and never more than came in."""
        known = self._base.execute(
            "select status from refund where refund_reference = ?", (refund_reference,)
        ).fetchone()
        if known is not None and known[0] == RefundStatus.DONE.value:
            return RefundStatus.DONE
        back = self._base.execute(
            "select coalesce(sum(amount_minor), 0) from refund where reference = ? and status = 'done'", (reference,)
        ).fetchone()[0]
        charge = self.find(reference)
        if charge.status is not ChargeStatus.PAID or back + amount_minor > charge.amount_minor or not can_do:
            return RefundStatus.FAILED
        self._base.execute(
            "insert or replace into refund values (?, ?, ?, ?)",
            (refund_reference, reference, amount_minor, RefundStatus.DONE.value),
        )
        return RefundStatus.DONE

    def received_minor(self) -> int:
        """Sum what was paid less what was given back: what the sellers must have in their books."""
        query = (
            "select coalesce((select sum(amount_minor) from charge where status = 'paid'), 0)"
            " - coalesce((select sum(amount_minor) from refund where status = 'done'), 0)"
        )
        return int(self._base.execute(query).fetchone()[0])
