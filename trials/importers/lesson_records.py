"""Saves what a note's chapters tell, as read by `lessons`: each line becomes a record, edits are kept."""

from networks.importers.merge import Merge
from networks.importers.problems import ImportRefused, Problem
from networks.models import Focus, Guidance, Membership, Municipality, Network, NetworkText
from trials.importers.lessons import Lesson
from trials.importers.statements import RowKey
from trials.models import (
    Contradiction,
    ContradictionPlace,
    Coverage,
    Evaluation,
    EvaluationTrait,
    Experience,
    Milestone,
    Observation,
    Outcome,
    Source,
    SourceCell,
    Trial,
)
from trials.models.source import section_name


class LessonRecords:
    """One import's lessons on their way into the register."""

    def __init__(
        self,
        merge: Merge,
        source: Source,
        programme: str,
        trials: dict[RowKey, Trial],
        cells: dict[tuple[RowKey, int], SourceCell],
    ) -> None:
        self.merge = merge
        self.source = source
        self.trials = {trial.public_id: trial for trial in trials.values()}
        self.rows = trials
        self.cells = cells
        self.municipalities = Municipality.objects.in_bulk(field_name="code")
        self.networks = {n.number: n for n in Network.objects.filter(programme__code=programme)}

    def save(self, found: dict[str, list[Lesson]]) -> None:
        """Bring in every file's lessons."""
        for lesson in found["observations.tsv"]:
            self._observation(lesson)
        for lesson in found["experiences.tsv"]:
            self._put_coded(Experience, lesson, lesson.values | self._municipalities(lesson))
        for lesson in found["milestones.tsv"]:
            self._put_coded(Milestone, lesson, lesson.values)
        for lesson in found["outcomes.tsv"]:
            self._outcome(lesson)
        for lesson in found["evaluation_designs.tsv"]:
            self._design(lesson)
        for lesson in found["external_evaluations.tsv"]:
            self._external(lesson)
        self._contradictions(found["contradictions.tsv"], found["contradiction_places.tsv"])
        self._networks(found)

    def _observation(self, lesson: Lesson) -> None:
        values = dict(lesson.values)
        values["accuracy"], values["from_on"], values["to_on"] = (
            values.pop(name) for name in ("precision", "from", "to")
        )
        part_of = lesson.line["part_of"]
        values["part_of"] = Observation.objects.filter(code=self._code(part_of)).first() if part_of else None
        self._put_coded(Observation, lesson, values | self._municipalities(lesson))

    def _put_coded(self, model, lesson: Lesson, values: dict) -> None:
        values |= {"network": self._network(lesson), "trials": self._trials(lesson), **self._place(lesson)}
        self.merge.put(model, {"code": self._code(lesson.line["key"])}, values)

    def _outcome(self, lesson: Lesson) -> None:
        trial = self.rows.get(lesson.row) if lesson.row else None
        if trial is None:
            return
        key = {
            "trial": trial,
            "decision": lesson.values["decision"],
            "is_expected": bool(lesson.values["expected"]),
        }
        values = {name: lesson.values[name] for name in ("effective_on", "body", "law", "reason")}
        self.merge.put(Outcome, key, values | self._place(lesson))

    def _design(self, lesson: Lesson) -> None:
        trial = self.rows.get(lesson.row) if lesson.row else None
        own = Evaluation.objects.filter(code=f"E-{trial.public_id}").first() if trial else None
        if own is None:
            return
        said = lesson.values
        values = {
            "evaluator": said["evaluator"],
            "is_external": said["external"],
            "may_be_shared": said["may_be_shared"],
            "comparison": said["comparison"],
            "results_element": said["expected_results"],
            "target_group_element": said["target_group"],
            "method_element": said["method"],
            "baseline_element": said["baseline"],
            "expected_results": said["expected_results_words"],
            "target_group": said["target_group_words"],
            "method": said["method_words"],
            "baseline": said["baseline_words"],
        }
        self.merge.put(Evaluation, {"code": own.code}, values)
        for trait in dict.fromkeys([*said["approaches"], *said["methods"]]):
            self.merge.put(EvaluationTrait, {"evaluation": own, "trait": trait}, {})

    def _external(self, lesson: Lesson) -> None:
        said = lesson.values
        values = {"name": said["label"], "evaluator": said["evaluator"], "is_external": True, "design_status": ""}
        evaluation = self.merge.put(Evaluation, {"code": self._code(f"X-{said['number']}")}, values)
        if evaluation:
            for trial in self._trials(lesson):
                told = {"is_shared": False, "description": said["note"], **self._place(lesson)}
                self.merge.put(Coverage, {"evaluation": evaluation, "trial": trial}, told)

    def _contradictions(self, found: list[Lesson], places: list[Lesson]) -> None:
        for lesson in found:
            values = {**lesson.values, "network": self._network(lesson), "trials": self._trials(lesson)}
            self.merge.put(Contradiction, {"code": self._code(lesson.line["key"])}, values)
        for lesson in places:
            contradiction = Contradiction.objects.filter(code=self._code(lesson.line["key"])).first()
            if contradiction:
                key = {"contradiction": contradiction, "position": lesson.values["position"]}
                self.merge.put(ContradictionPlace, key, self._place(lesson))

    def _networks(self, found: dict[str, list[Lesson]]) -> None:
        positions: dict[tuple, int] = {}
        for lesson in found["network_texts.tsv"]:
            group = (lesson.network, lesson.values["kind"])
            positions[group] = positions.get(group, 0) + 1
            key = {
                "network": self._network(lesson),
                "kind": lesson.values["kind"],
                "position": positions[group],
            }
            told = {"text": lesson.values["text"], "quotation": lesson.cited.quotation}
            self.merge.put(NetworkText, key, told | {"source_place": self._words_of_place(lesson)})
        for lesson in found["focus.tsv"]:
            member = self._member(lesson)
            key = {"membership": member, "target_group": lesson.values["target_group"]}
            self.merge.put(Focus, key, {"source_place": self._words_of_place(lesson)})
        for lesson in found["guidance.tsv"]:
            self.merge.put(Guidance, {"code": lesson.line["key"]}, lesson.values)

    def _member(self, lesson: Lesson) -> Membership:
        members = Membership.objects.filter(network=self._network(lesson))
        member = members.filter(municipality__code=lesson.municipalities[0]).first()
        if member is None:
            line = lesson.line
            raise ImportRefused([Problem(line.file, line.number, 2, "kommunen er ikke med i netværket")])
        return member

    def _code(self, key: str) -> str:
        """A key of the files is the record's code, with the source's before it, so that two sources never clash."""
        return f"{self.source.code}:{key}"

    def _network(self, lesson: Lesson) -> Network | None:
        return self.networks[lesson.network] if lesson.network else None

    def _trials(self, lesson: Lesson) -> list[Trial]:
        return [self.trials[public_id] for public_id in lesson.trials if public_id in self.trials]

    def _municipalities(self, lesson: Lesson) -> dict:
        return {"municipalities": [self.municipalities[code] for code in lesson.municipalities]}

    def _place(self, lesson: Lesson) -> dict:
        cell = self.cells[lesson.row, lesson.cited.column] if lesson.row and lesson.cited.column else None
        return {
            "source": self.source,
            "cell": cell,
            "section": lesson.cited.section,
            "quotation": lesson.cited.quotation,
        }

    def _words_of_place(self, lesson: Lesson) -> str:
        place = section_name(lesson.cited.section)
        return place[0].upper() + place[1:]
