"""Mixed-integer programs: put together column by column and row by row, solved by HiGHS within a time and to a gap."""

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

Terms = Sequence[tuple[int, float]]

_SEED = 7
_TOLERANCE = 1e-6


class Limits(Struct, frozen=True, kw_only=True):
    """How long to look, and how far from the best an answer may lie, relative to its own cost.

    ``least``: a difference in cost that does not matter; 0.5 where all costs are whole numbers.
    """

    seconds: float
    gap_ppm: int = 0
    least: float = 0.5


class Found(Struct, frozen=True, kw_only=True):
    """The best values that were found, None where there are none; below ``bound`` no answer costs.

    ``is_best``: proven, to the gap that was asked for.
    """

    values: Sequence[float] | None
    bound: float
    seconds: float
    is_best: bool


class Program:
    """Costs to minimise over whole numbers from 0 to a bound each, under rows ``low <= sum <= high``."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.factors: list[float] = []
        self.lows: list[float] = []
        self.highs: list[float] = []

    def column(self, *, cost: float = 0.0, upper: float = 1.0) -> int:
        """Add a column and give its number."""
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def row(self, terms: Terms, *, low: float = -math.inf, high: float = math.inf) -> None:
        """Add a row; a column may be named once."""
        self.columns += [column for column, _ in terms]
        self.factors += [factor for _, factor in terms]
        self.starts.append(len(self.columns))
        self.lows.append(low)
        self.highs.append(high)

    def minimise(self, limits: Limits, *, start: Mapping[int, float]) -> Found:
        """Look for the cheapest values, from an answer that is known: what it does not name is 0.

        One thread and a fixed seed: the same program gives the same answer where time does not run out. Python goes on
        meanwhile, so call it in a thread.

        Source: HiGHS (Huangfu and Hall 2018); checked against all possible answers in tests/runtime/test_program.py.
        """
        import highspy  # noqa: PLC0415 - brings numpy: only who solves shall hold them
        import numpy as np  # noqa: PLC0415 - the same

        count = len(self.costs)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(self.lows)
        model.offset_ = self.offset
        model.col_cost_ = np.array(self.costs)
        model.col_lower_, model.col_upper_ = np.zeros(count), np.array(self.uppers)
        model.row_lower_, model.row_upper_ = np.array(self.lows), np.array(self.highs)
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self.factors)

        class Silent(highspy.Highs):
            """HiGHS greets on the console when its callbacks are set, which its constructor does: be silent before."""

            def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS names it so
                self.silent()
                super().enableCallbacks()  # type: ignore[no-untyped-call]

        solver = Silent()  # type: ignore[no-untyped-call]
        options = {
            "time_limit": limits.seconds,
            "mip_rel_gap": limits.gap_ppm / 1_000_000,
            "mip_abs_gap": limits.least,
            "threads": 1,
            "random_seed": _SEED,
        }
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(model)
        known = highspy.HighsSolution()
        known.col_value = [start.get(column, 0.0) for column in range(count)]
        solver.setSolution(known)
        solver.run()
        if self._differs(solver.getSolution().col_value, solver.getInfo().objective_function_value):
            # HiGHS 1.16 hands back the known answer where presolve finds a better one (routing/test_plan_best.py).
            solver.clearSolver()
            solver.run()
        info = solver.getInfo()
        has_answer = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible.value
        bound = float(info.mip_dual_bound)
        return Found(
            values=[float(value) for value in solver.getSolution().col_value] if has_answer else None,
            bound=bound if math.isfinite(bound) else -math.inf,
            seconds=float(solver.getRunTime()),
            is_best=solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        )

    def _differs(self, values: Sequence[float], cost: float) -> bool:
        """Tell whether values do not cost what they are said to cost."""
        own = self.offset + sum(each * value for each, value in zip(self.costs, values, strict=False))
        return math.isfinite(cost) and abs(own - cost) > _TOLERANCE * max(1.0, abs(cost))
