"""The way of one vehicle of a gas run, driven in thought: where it is, at which second, who is called on too late."""

from dataclasses import dataclass, field

from zhegu.deliveries.rules.carrying import DEPOT, FIRST_STOP, Load
from zhegu.deliveries.rules.plan import Visit
from zhegu.deliveries.rules.problem import RunProblem, Vehicle


@dataclass
class Way:
    """From the depot on. It waits before a door whose window has not begun."""

    problem: RunProblem
    vehicle: Vehicle
    visits: list[Visit]
    place: int = DEPOT
    second: int = 0
    driven: int = 0
    late: list[str] = field(default_factory=list)

    def drive(self, place: int) -> None:
        metres, seconds = self.problem.legs()
        self.driven += int(metres[self.place, place])
        self.second += int(seconds[self.place, place])
        self.place = place

    def at_door(self, load: Load, back: bool) -> None:
        """Drives there; hands back (or fetches) the load."""
        door, parcels = load
        stop, minutes = self.problem.stops[door], self.problem.minutes
        self.drive(door + FIRST_STOP)
        if back and stop.window:
            self.second = max(self.second, round(60 * stop.window[0]))
            if self.second > 60 * min(stop.window[1], self.vehicle.shift_minutes) and stop.id not in self.late:
                self.late.append(stop.id)
        self.visits.append(Visit(stop.id, self.second, () if back else parcels, parcels if back else ()))
        self.second += round(60 * (minutes.hand_back if back else minutes.collect))
