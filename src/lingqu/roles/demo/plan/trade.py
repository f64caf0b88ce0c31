"""Play the days of a plan one after the other: goods made, sent, received, ordered and sold."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from lingqu.roles.demo.plan.assortment import Rates
from lingqu.roles.demo.plan.counter import plan_sales
from lingqu.roles.demo.plan.day import Day, Line, Made, Order, Sale, Short, Spoiled
from lingqu.roles.demo.plan.dice import dice
from lingqu.roles.demo.plan.members import members_by_dealer
from lingqu.roles.demo.plan.outlook import Outlook
from lingqu.roles.demo.plan.plan import Plan
from lingqu.roles.demo.plan.production import lot_code, plan_opening, plan_production
from lingqu.roles.demo.plan.replenish import Habit, give, wanted_lines
from lingqu.roles.demo.plan.shelves import Part, Shelf

_MONDAY = 0
_WEEK = 7
_FROM_PLANT = timedelta(days=2)
_SHORT_CHANCE = 0.006
_REASONS = ("破损", "少件", "包装渗漏")
_OLD_CASES = 40
_DEBTOR_LAST_ORDER = timedelta(days=4)


class Trade:
    """The channel's stock and what is under way, as of the end of the day played last."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.shelves: dict[int, Shelf] = defaultdict(Shelf)
        self._outlook = Outlook(plan.channel, plan.goods, first=plan.first, day_count=plan.size.day_count)
        self._incoming: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._under_way: dict[date, list[tuple[Order, list[tuple[Line, list[Part]]]]]] = defaultdict(list)
        self._members = members_by_dealer(plan.members)
        self._registered = [member.registered_on for member in plan.members]
        self._order_count = 0
        usual = sum(
            self._outlook.visits(plan.channel.firms[dealer].seller, day) * plan.channel.firms[dealer].volume
            for day in range(plan.size.day_count)
            for dealer in plan.channel.dealers
        )
        self._sales_per_visit = plan.size.sale_count / usual

    def days(self) -> Iterator[Day]:
        """Play every day in order."""
        for day in range(self.plan.size.day_count):
            yield self._play(day, self.plan.first + timedelta(days=day))

    def _play(self, day: int, on: date) -> Day:
        spoiled = self._spoil(on) if on.weekday() == _MONDAY else []
        made = plan_opening(self.plan.channel, self.plan.goods, self.plan.rates, on=on) if day == 0 else []
        made += self._make(day, on)
        for one in made:
            self.shelves[one.firm].put(one.goods, [Part(one.expires_on, one.lot, one.quantity)])
        arrivals = [self._arrive(order, given) for order, given in self._under_way.pop(on, ())]
        orders = self._orders(day, on)
        return Day(
            on=on,
            spoiled=tuple(spoiled),
            made=tuple(made),
            arrivals=tuple(arrivals),
            orders=tuple(orders),
            sales=tuple(self._sell(day, on)),
        )

    def _spoil(self, on: date) -> list[Spoiled]:
        return [
            Spoiled(firm=firm, goods=goods, lot=part.lot, quantity=part.quantity)
            for firm, shelf in sorted(self.shelves.items())
            for goods, part in shelf.clear(on)
        ]

    def _make(self, day: int, on: date) -> list[Made]:
        plan, made = self.plan, []
        for supplier in plan.channel.suppliers:
            if on.weekday() in plan.channel.firms[supplier].trade_days or day == 0:
                made += plan_production(
                    plan.channel,
                    plan.goods,
                    plan.rates,
                    self._outlook,
                    supplier=supplier,
                    shelf=self.shelves[supplier],
                    day=day,
                    on=on,
                )
        if on == plan.stories.old_lot_on:
            made.append(self._old_lot())
        return made

    def _old_lot(self) -> Made:
        """Find an old lot in the plant's warehouse: what the distributor will not sell before it expires."""
        one = self.plan.goods[self._slow]
        plant = self.plan.channel.suppliers[one.family.supplier]
        expires_on = self.plan.stories.old_lot_expires_on
        produced_on = expires_on - timedelta(days=one.family.shelf_days)
        return Made(
            firm=plant,
            goods=self._slow,
            lot=lot_code(produced_on, plant),
            produced_on=produced_on,
            expires_on=expires_on,
            quantity=_OLD_CASES * one.case,
        )

    @property
    def _slow(self) -> int:
        """Choose the milk that the distributor sells least of."""
        rates, goods = self.plan.rates[self.plan.stories.distributor], self.plan.goods
        return min((place for place in rates if goods[place].family.code == "UHT"), key=rates.__getitem__)

    def _orders(self, day: int, on: date) -> list[Order]:
        plan, channel, orders = self.plan, self.plan.channel, []
        if on == plan.stories.old_lot_on:
            line = Line(self._slow, len(plan.goods[self._slow].packs) - 1, _OLD_CASES)
            plant = channel.suppliers[plan.goods[self._slow].family.supplier]
            orders.append(self._send(plant, plan.stories.distributor, [line], on, on + _FROM_PLANT))
        for supplier in channel.suppliers:
            if on.weekday() in channel.firms[supplier].trade_days:
                interval = _WEEK / len(channel.firms[supplier].trade_days)
                habit = Habit(interval=interval, lead=3, safety=6, cover=6, is_by_case=True)
                for buyer in channel.distributors:
                    lines = self._wanted(habit, supplier, buyer, day, on)
                    orders.append(self._send(supplier, buyer, lines, on, on + _FROM_PLANT))
        for buyer in channel.dealers:
            firm = channel.firms[buyer]
            if on.weekday() in firm.trade_days and not self._keeps_away(buyer, on):
                habit = Habit(interval=_WEEK / len(firm.trade_days), lead=2, safety=5, cover=12)
                lines = self._wanted(habit, firm.seller, buyer, day, on)
                if on == plan.stories.short_on and buyer == plan.stories.visited:
                    lines = lines or self._usual(buyer)
                chance = dice("way", buyer, on)
                days = 1 if chance.random() < 0.9 else 2  # noqa: PLR2004 - nine in ten come the next day
                orders.append(self._send(firm.seller, buyer, lines, on, on + timedelta(days=days)))
        return [order for order in orders if order]

    def _usual(self, buyer: int) -> list[Line]:
        """Order a case of what sells best."""
        rates = self.plan.rates[buyer]
        best = max(rates, key=rates.__getitem__)
        return [Line(best, len(self.plan.goods[best].packs) - 1, 1)]

    def _keeps_away(self, dealer: int, on: date) -> bool:
        stories = self.plan.stories
        return (dealer == stories.silent and on >= stories.silent_from) or (
            dealer == stories.debtor and on > stories.last - _DEBTOR_LAST_ORDER
        )

    def _wanted(self, habit: Habit, seller: int, buyer: int, day: int, on: date) -> list[Line]:
        plan = self.plan
        rates = plan.rates[buyer]
        if seller in plan.channel.suppliers:
            rates = {p: r for p, r in rates.items() if plan.channel.suppliers[plan.goods[p].family.supplier] == seller}
        return wanted_lines(
            habit,
            rates=rates,
            ahead=lambda temper: self._outlook.ahead(temper, day),
            goods=plan.goods,
            shelf=self.shelves[buyer],
            incoming=self._incoming[buyer],
            on=on,
        )

    def _send(self, seller: int, buyer: int, lines: Sequence[Line], on: date, arrives_on: date) -> Order | None:
        """Place an order and ship what the seller has of it; None where that is nothing."""
        given = give(lines, goods=self.plan.goods, shelf=self.shelves[seller], on=on)
        if not any(parts for _, parts in given):
            return None
        self._order_count += 1
        order = Order(
            number=self._order_count,
            seller=seller,
            buyer=buyer,
            lines=tuple(lines),
            arrives_on=arrives_on,
            shorts=self._shorts(seller, buyer, [part for _, parts in given for part in parts], on),
        )
        for line, parts in given:
            self._incoming[buyer][line.goods] += sum(part.quantity for part in parts)
        self._under_way[arrives_on].append((order, given))
        return order

    def _shorts(self, seller: int, buyer: int, parts: Sequence[Part], on: date) -> tuple[Short, ...]:
        chance = dice("short", seller, buyer, on)
        is_story = on == self.plan.stories.short_on and buyer == self.plan.stories.visited
        if chance.random() >= _SHORT_CHANCE and not is_story:
            return ()
        position = chance.randrange(len(parts))
        lost = chance.randint(1, max(parts[position].quantity // 4, 1))
        return (Short(position + 1, parts[position].quantity - lost, chance.choice(_REASONS)),)

    def _arrive(self, order: Order, given: Sequence[tuple[Line, list[Part]]]) -> Order:
        received = {short.position: short.received for short in order.shorts}
        position = 0
        for line, parts in given:
            for part in parts:
                position += 1
                self._incoming[order.buyer][line.goods] -= part.quantity
                part.quantity = received.get(position, part.quantity)
            self.shelves[order.buyer].put(line.goods, [part for part in parts if part.quantity])
        return order

    def _sell(self, day: int, on: date) -> list[Sale]:
        plan, sales = self.plan, []
        registered = bisect_right(self._registered, on)
        for dealer in plan.channel.dealers:
            firm = plan.channel.firms[dealer]
            if dealer == plan.stories.silent and on >= plan.stories.silent_from:
                continue
            members = self._members.get(dealer, [])
            sales += plan_sales(
                dice("sales", firm.code, on),
                dealer=dealer,
                on=on,
                mean=self._sales_per_visit * self._outlook.visits(firm.seller, day) * firm.volume,
                rates=self._offered(dealer, on),
                appetites=self._outlook.appetites(firm.seller, day),
                goods=plan.goods,
                shelf=self.shelves[dealer],
                members=members[: bisect_right(members, registered - 1)],
            )
        return sales

    def _offered(self, dealer: int, on: date) -> Rates:
        """Leave out what the till refuses to sell: prices below the floor."""
        rates = self.plan.rates[dealer]
        if dealer != self.plan.stories.breaker or on < self.plan.stories.floor_from:
            return rates
        return {place: rate for place, rate in rates.items() if place not in self.plan.breach_goods}
