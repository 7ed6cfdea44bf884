"""How trials and what hangs on them are found. Every page, export and feed starts at `visible_to(user)`."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from trials import rules, search
from trials.enums import BasisRole, Publication, Status


class StatusBearerQuerySet(QuerySet):
    """Shared by trials and participations: what has a status."""

    def status_on(self, day: date, known_on: date | None = None):
        """Each row with `status_then`: its status on `day`, as far as it was known on `known_on`. One query."""
        events = self.model._meta.get_field("events")
        newest = events.related_model.objects.in_effect(day, known_on).filter(**{events.field.name: OuterRef("pk")})
        return self.annotate(status_then=Coalesce(Subquery(newest.values("status")[:1]), Value(Status.UNKNOWN.value)))

    def reason_on(self, day: date | None = None):
        """Each row with `reason_then`: the reason of the event in effect on `day` or now; empty without one."""
        events = self.model._meta.get_field("events")
        newest = events.related_model.objects.in_effect(day).filter(**{events.field.name: OuterRef("pk")})
        return self.annotate(reason_then=Coalesce(Subquery(newest.values("reason")[:1]), Value("")))

    def with_latest_event(self):
        """Each row with `latest_event`: the key of the event that was written last, also a corrected one; 0 without."""
        events = self.model._meta.get_field("events")
        newest = events.related_model.objects.filter(**{events.field.name: OuterRef("pk")}).order_by("-pk")
        return self.annotate(latest_event=Coalesce(Subquery(newest.values("pk")[:1]), 0))

    def count_by(self, field: str) -> dict:
        """How many there are of each value of `field`; of a relation, by primary key."""
        return dict(self.order_by().values_list(field).annotate(Count("pk")))

    def count_by_pair(self, first: str, second: str) -> dict[tuple, int]:
        """How many there are of each pair of values of two fields; of a relation, by primary key."""
        rows = self.order_by().values_list(first, second).annotate(Count("pk"))
        return {(one, other): number for one, other, number in rows}

    def count_by_status(self) -> dict[Status, int]:
        """How many there are of each status, in the vocabulary's order; a status that none has is left out."""
        counts = self.count_by("status")
        return {status: counts[status] for status in Status if status in counts}


class TrialQuerySet(StatusBearerQuerySet):
    def get_by_natural_key(self, public_id: str):
        return self.get(public_id=public_id)

    def visible_to(self, user):
        """Editorial staff see every trial, everyone else the published ones."""
        return self if rules.sees_drafts(user) else self.filter(publication=Publication.PUBLISHED)

    def search(self, text: str):
        """The trials in which every word of `text` is found (see `trials.search`)."""
        return self.filter(search.matches(text))

    def in_municipalities(self, codes):
        """The trials that a municipality with one of these kommunekoder takes part in."""
        participations = self.model._meta.get_field("participations").related_model.objects
        return self.filter(Exists(participations.filter(trial=OuterRef("pk"), municipality__code__in=codes)))

    def resting_on_kinds(self, kinds):
        """The trials with a legal basis of one of these kinds."""
        bases = self.model._meta.get_field("legal_bases").related_model.objects
        return self.filter(Exists(bases.filter(trial=OuterRef("pk"), kind__in=kinds)))

    def under_provision(self, provision):
        """The trials that rest on or deviate from `provision`, or on a stykke or nummer of it."""
        return self.under_provisions([provision])

    def under_provisions(self, provisions):
        """The trials that rest on or deviate from one of `provisions`, or on a stykke or nummer of it."""
        bases = self.model._meta.get_field("legal_bases").related_model
        known = bases._meta.get_field("provision").related_model.objects
        within = reduce(or_, (known.within(provision) for provision in provisions), known.none())
        return self.filter(Exists(bases.objects.filter(trial=OuterRef("pk"), provision__in=within)))

    def with_municipalities(self, day: date | None = None):
        """Each trial with its participations and their municipalities at hand, in Danish order.

        With `day` the participations have their status on that day.
        """
        participations = self.model._meta.get_field("participations").related_model.objects
        rows = participations.select_related("municipality", "cell__source").in_danish_order()
        return self.with_participations(rows.status_on(day) if day else rows)

    def with_participations(self, rows):
        """Each trial with those of the participations `rows` that are its own."""
        return self.prefetch_related(Prefetch("participations", rows))

    def for_list(self, day: date | None = None):
        """Each trial with what a list or an export shows of it, in a constant number of queries."""
        return (
            self.select_related("network__programme", "application_round")
            .with_municipalities(day)
            .prefetch_related(
                Prefetch("legal_bases", self.model._meta.get_field("legal_bases").related_model.objects.in_order()),
                Prefetch(
                    "coverages",
                    self.model._meta.get_field("coverages").related_model.objects.select_related("evaluation"),
                ),
                Prefetch("cells", self.model._meta.get_field("cells").related_model.objects.titles()),
            )
        )

    def for_page(self, user, day: date | None = None):
        """Each trial with everything of it that `user` may see, in a constant number of queries.

        The trials that share an evaluation are its `visible_coverages`. With `day` the events, statuses and outcomes
        are those of that day.
        """
        records = {field.name: field.related_model.objects for field in self.model._meta.related_objects}
        events = records["events"].with_places().select_related("corrected_by", "corrects")
        outcomes = records["outcomes"].select_related("cell__source", "source")
        if day:
            events, outcomes = events.filter(effective_on__lte=day), outcomes.known_by(day)
        cells = records["cells"].select_related("source").prefetch_related("corrections")
        sharing = records["coverages"].visible_to(user).select_related("trial")
        return (
            (self.status_on(day) if day else self)
            .select_related("network__programme", "application_round")
            .with_municipalities(day)
            .prefetch_related(
                Prefetch("participations__events", events),
                Prefetch("events", events),
                Prefetch("legal_bases", records["legal_bases"].in_order()),
                Prefetch("coverages", records["coverages"].select_related("evaluation", "cell__source", "source")),
                "coverages__evaluation__traits",
                Prefetch("outcomes", outcomes),
                Prefetch(
                    "coverages__evaluation__coverages",
                    sharing.order_by("trial__network__number", "trial__number"),
                    to_attr="visible_coverages",
                ),
                Prefetch("cells", cells.order_by("-source__published_on", "table", "row", "column")),
            )
        )


class ParticipationQuerySet(StatusBearerQuerySet):
    def get_by_natural_key(self, public_id: str, code: str):
        return self.get(trial__public_id=public_id, municipality__code=code)

    def visible_to(self, user):
        """As far as the trial is visible."""
        return self if rules.sees_drafts(user) else self.filter(trial__publication=Publication.PUBLISHED)

    def in_danish_order(self):
        return self.order_by("municipality__sort_key")

    def for_municipality(self, day: date | None = None):
        """Each participation with what a municipality's page shows of it: its trial, and for both the events in
        effect (on `day`) as `standing_events`, newest first; the trial's legal `bases` and its outcomes. In network
        order.
        """
        events = self.model._meta.get_field("events").related_model.objects.in_effect(day).with_places()
        trial = self.model._meta.get_field("trial").related_model._meta
        bases, outcomes = (trial.get_field(name).related_model.objects for name in ("legal_bases", "outcomes"))
        outcomes = outcomes.known_by(day) if day else outcomes.all()
        return (
            self.select_related("trial__network__programme", "cell__source", "source")
            .prefetch_related(
                Prefetch("events", events, to_attr="standing_events"),
                Prefetch("trial__events", events, to_attr="standing_events"),
                Prefetch("trial__legal_bases", bases.in_order(), to_attr="bases"),
                Prefetch("trial__outcomes", outcomes.select_related("cell__source", "source")),
            )
            .order_by("trial__network__programme__first_year", "trial__network", "trial__number")
        )


class StatusEventQuerySet(QuerySet):
    def get_by_natural_key(self, key: str):
        return self.get(key=key)

    def visible_to(self, user):
        """As far as the trial is visible."""
        if rules.sees_drafts(user):
            return self
        return self.filter(
            Q(trial__publication=Publication.PUBLISHED) | Q(participation__trial__publication=Publication.PUBLISHED)
        )

    def in_effect(self, day: date | None = None, known_on: date | None = None):
        """The events that count, newest first: effective by `day`, known on `known_on`, not corrected by then.

        Newest means latest effective date, then latest recorded, then highest id. Without `day` all
        effective dates count, without `known_on` all that is known now.
        """
        events, corrections = self, self.model.objects.filter(corrects=OuterRef("pk"))
        if known_on is not None:
            events, corrections = events.filter(known_on__lte=known_on), corrections.filter(known_on__lte=known_on)
        if day is not None:
            events = events.filter(effective_on__lte=day)
        return events.filter(~Exists(corrections)).order_by("-effective_on", "-recorded_at", "-pk")

    def with_previous(self):
        """Each event with `previous_status`: what held just before it; empty for the first."""
        earlier = self.model.objects.in_effect().filter(
            Q(trial=OuterRef("trial")) | Q(participation=OuterRef("participation")),
            Q(effective_on__lt=OuterRef("effective_on"))
            | Q(effective_on=OuterRef("effective_on"), recorded_at__lt=OuterRef("recorded_at"))
            | Q(effective_on=OuterRef("effective_on"), recorded_at=OuterRef("recorded_at"), pk__lt=OuterRef("pk")),
        )
        return self.annotate(previous_status=Coalesce(Subquery(earlier.values("status")[:1]), Value("")))

    def newest(self):
        """What has become known last, with all that a sentence about it needs."""
        return self.in_effect().told().order_by("-known_on", "-effective_on", "-recorded_at", "-pk")

    def told(self):
        """With all that a sentence about each needs, and what corrected it or what it corrects."""
        return self.with_previous().select_related(
            "trial__network",
            "participation__trial__network",
            "participation__municipality",
            "corrects",
            "corrected_by",
        )

    def changed_last(self):
        """Those that became known or were corrected last come first, also the corrected ones."""
        same_day = When(recorded_at__date=F("known_on"), then=F("recorded_at"))
        return self.order_by(
            Coalesce("corrected_by__known_on", "known_on").desc(),
            Case(same_day).desc(nulls_last=True),
            "-effective_on",
            "-recorded_at",
            "-pk",
        )

    def with_places(self):
        """With what is needed to say where each stands in its source, and who recorded it."""
        return self.select_related("cell__source", "source", "recorded_by")

    def update(self, **kwargs):
        raise TypeError("A status event is never changed: append a correction.")

    def delete(self):
        raise TypeError("A status event is never deleted: append a correction.")


class SourceQuerySet(QuerySet):
    def get_by_natural_key(self, code: str):
        return self.get(code=code)


class SourceCellQuerySet(QuerySet):
    def get_by_natural_key(self, source: str, table: str, row: int, column: int):
        return self.get(source__code=source, table=table, row=row, column=column)

    def visible_to(self, user):
        """As far as the trial is visible; those of no trial are the source's alone."""
        if rules.sees_drafts(user):
            return self
        return self.filter(Q(trial=None) | Q(trial__publication=Publication.PUBLISHED))

    def titles(self):
        """The first cell of each row: where a trial stands in its sources, the newest source first."""
        return self.filter(column=1).select_related("source").order_by("-source__published_on", "pk")

    def of_table(self, table: str):
        """A table's cells, row by row."""
        return self.filter(table=table).order_by("row", "column")


class CorrectionQuerySet(QuerySet):
    def visible_to(self, user):
        """As far as the cell is visible."""
        if rules.sees_drafts(user):
            return self
        return self.filter(Q(cell__trial=None) | Q(cell__trial__publication=Publication.PUBLISHED))

    def get_by_natural_key(self, source: str, table: str, row: int, column: int, verbatim: str):
        return self.get(
            cell__source__code=source, cell__table=table, cell__row=row, cell__column=column, verbatim=verbatim
        )


class ActQuerySet(QuerySet):
    def visible_to(self, user):
        """Those with a provision that a visible trial rests on or deviates from."""
        bases = self.model._meta.get_field("provisions").related_model._meta.get_field("legal_bases").related_model
        seen = bases.objects.visible_to(user).filter(provision__act=OuterRef("pk"))
        return self.filter(Exists(seen))

    def get_by_natural_key(self, code: str):
        return self.get(code=code)


class ProvisionQuerySet(QuerySet):
    def visible_to(self, user):
        """Those that a visible trial rests on or deviates from."""
        bases = self.model._meta.get_field("legal_bases").related_model
        return self.filter(Exists(bases.objects.visible_to(user).filter(provision=OuterRef("pk"))))

    def get_by_natural_key(self, act: str, paragraph: int, letter: str, subsection: int, number: int):
        return self.get(act__code=act, paragraph=paragraph, letter=letter, subsection=subsection, number=number)

    def within(self, provision):
        """`provision` itself and what lies in it: § 25 holds § 25, stk. 3, but not § 25 a."""
        inside = Q(act=provision.act_id, paragraph=provision.paragraph, letter=provision.letter)
        if provision.subsection:
            inside &= Q(subsection=provision.subsection)
        if provision.number:
            inside &= Q(number=provision.number)
        return self.filter(inside)


class LegalBasisQuerySet(QuerySet):
    def get_by_natural_key(self, public_id: str, role: str, *provision):
        found = self.filter(trial__public_id=public_id, role=role)
        if not provision:
            return found.get(provision=None)
        act, paragraph, letter, subsection, number = provision
        return found.get(
            provision__act__code=act,
            provision__paragraph=paragraph,
            provision__letter=letter,
            provision__subsection=subsection,
            provision__number=number,
        )

    def visible_to(self, user):
        """As far as the trial is visible."""
        return self if rules.sees_drafts(user) else self.filter(trial__publication=Publication.PUBLISHED)

    def resting_on(self):
        return self.filter(role=BasisRole.RESTS_ON)

    def in_order(self):
        """What a trial rests on first, then what it deviates from, each in the order of its act."""
        return self.select_related("provision__act", "cell__source", "source").order_by(
            "-role",
            F("provision__act__title").asc(nulls_last=True),
            "provision__paragraph",
            "provision__letter",
            "provision__subsection",
            "provision__number",
            "pk",
        )
