"""Writing a template and its questions. What has been answered is kept as it was asked: a change is a new version."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from networks import versions
from networks.models import Network
from trials.enums import QuestionKind, QuestionTheme
from trials.models import Question, Template
from trials.workspace.contact_warning import WrittenForm
from trials.workspace.faults import faults_of

FIELDS = ("theme", "text", "help", "kind", "choices", "is_required")
"""What a question says, beside its place."""

EMPTY_ROWS, MOST = 3, 60


class TemplateForm(WrittenForm):
    """A template's name and introduction. `seen` is its version, questions included, when the form was opened."""

    name = forms.CharField(label="Skabelonens navn", max_length=150)
    introduction = forms.CharField(
        label="Indledning",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Det, kommunerne læser, før de svarer.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class QuestionForm(WrittenForm):
    """A question in a row of the form; an empty row is none. `place` is where it goes among the others."""

    place = forms.IntegerField(label="Nr.", min_value=1, max_value=999, required=False)
    text = forms.CharField(label="Spørgsmål", max_length=300, required=False)
    help = forms.CharField(label="Hjælp til spørgsmålet", max_length=300, required=False)
    theme = forms.ChoiceField(label="Tema", choices=QuestionTheme.choices, initial=QuestionTheme.OTHER)
    kind = forms.ChoiceField(label="Svarets art", choices=QuestionKind.choices, initial=QuestionKind.TEXT)
    choices = forms.CharField(
        label="Svarmuligheder",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="En på hver linje. Kun til »Valg mellem svar«.",
    )
    is_required = forms.BooleanField(label="Skal besvares", required=False)
    key = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        options = [line.strip() for line in cleaned.get("choices", "").splitlines() if line.strip()]
        cleaned["choices"] = "\n".join(dict.fromkeys(options))
        if not cleaned.get("text") and (options or cleaned.get("help")):
            self.add_error("text", "Skriv spørgsmålet, eller slet rækken.")
        if cleaned.get("kind") == QuestionKind.CHOICE and cleaned.get("text") and len(set(options)) < 2:
            self.add_error("choices", "Skriv mindst to svarmuligheder, en på hver linje.")
        if cleaned.get("kind") != QuestionKind.CHOICE and options:
            self.add_error("choices", "Svarmuligheder hører kun til »Valg mellem svar«.")
        return cleaned


_Rows = forms.formset_factory(
    QuestionForm, extra=EMPTY_ROWS, can_delete=True, max_num=MOST, validate_max=True, absolute_max=MOST + EMPTY_ROWS
)


class TemplateEditor:
    """The form for a template with its questions; without a template it writes a new one of `network`."""

    def __init__(
        self, network: Network | None, template: Template | None = None, data=None, may_be_common: bool = False
    ) -> None:
        self.network, self.template = network, template
        self.questions = list(template.questions.order_by("position")) if template else []
        named = {"name": template.name, "introduction": template.introduction} if template else {}
        self.head = TemplateForm(data, initial=named | {"seen": self.version()})
        if may_be_common:
            self.head.fields["is_common"] = forms.BooleanField(label="Fælles for alle netværk", required=False)
        rows: list[dict[str, Any]] = [
            {name: getattr(each, name) for name in FIELDS} | {"place": each.position, "key": each.pk}
            for each in self.questions
        ]
        self.rows = _Rows(data, initial=rows, prefix="spm")
        for row in self.rows:
            row.fields["DELETE"].label = "Slet spørgsmålet"
        self.changed_since: list[str] = []

    def version(self) -> int:
        """The newest version of the template or any of its questions; 0 for one that is not there yet."""
        if self.template is None:
            return 0
        # Both histories grow, so their sum is another after any change.
        questions = Question.history.filter(template_id=self.template.pk).aggregate(newest=Max("history_id"))["newest"]
        return versions.latest_of(self.template) + (questions or 0)

    def is_valid(self) -> bool:
        """Whether all is well written, and there is a question."""
        fine = all([self.head.is_valid(), self.rows.is_valid()])
        if fine and not self.asked():
            self.head.add_error(None, ValidationError("En skabelon skal have mindst ét spørgsmål."))
        return fine and not self.head.errors

    @property
    def said(self) -> list[str]:
        """What is wrong or changed, for the top of the page."""
        return [
            *faults_of(self.head),
            *(fault.after(f"Spørgsmål {n}") for n, row in enumerate(self.rows, start=1) for fault in faults_of(row)),
            *(str(error) for error in self.rows.non_form_errors() if self.rows.is_bound),
            *self.changed_since,
        ]

    def asked(self) -> list[dict[str, Any]]:
        """The questions as they are written now, in their order."""
        rows = [
            row.cleaned_data for row in self.rows if row.cleaned_data.get("text") and not row.cleaned_data.get("DELETE")
        ]
        last = MOST + 1000
        return [row for _, row in sorted(enumerate(rows), key=lambda each: (each[1]["place"] or last, each[0]))]

    def save(self) -> Template | None:
        """Save it: in place, or as a new version when it has been answered. None when another has changed it."""
        with transaction.atomic():
            if self.template:
                self.template = Template.objects.select_for_update().get(pk=self.template.pk)
                if self._is_stale(self.template):
                    return None
            head = {name: self.head.cleaned_data[name] for name in ("name", "introduction")}
            if self.template is None:
                network = None if self.head.cleaned_data.get("is_common") else self.network
                return self._write(Template(network=network, **head), fresh=True)
            if not self._is_changed(head):
                return self.template
            if self.template.reports.exists():
                version = self.template.version + 1
                return self._write(
                    Template(network=self.template.network, previous=self.template, version=version, **head), fresh=True
                )
            for name, value in head.items():
                setattr(self.template, name, value)
            return self._write(self.template)

    def _is_stale(self, template: Template) -> bool:
        if Template.objects.filter(previous=template).exists():
            self.changed_since = ["Skabelonen har fået en ny version, siden du åbnede siden. Ret den i stedet."]
        elif self.version() != (self.head.cleaned_data["seen"] or 0):
            now = "; ".join(str(each) for each in template.questions.order_by("position"))
            self.changed_since = [
                f"En anden har rettet skabelonen, siden du åbnede siden. Den hedder nu »{template.name}« og spørger: "
                f"{now}. Send igen, hvis din rettelse skal træde i stedet."
            ]
        return bool(self.changed_since)

    def _is_changed(self, head: dict[str, str]) -> bool:
        before = [tuple(getattr(each, name) for name in FIELDS) for each in self.questions]
        after = [tuple(row[name] for name in FIELDS) for row in self.asked()]
        return before != after or any(getattr(self.template, name) != value for name, value in head.items())

    def _write(self, template: Template, fresh: bool = False) -> Template:
        """Save the template with its questions. A fresh one takes none of the old rows over."""
        template.full_clean(exclude=["network", "previous"])
        template.save()
        old = {} if fresh else {each.pk: each for each in self.questions}
        # Out of the way, so that two questions may change places.
        Question.objects.filter(pk__in=old).update(position=F("position") + 10_000)
        for position, row in enumerate(self.asked(), start=1):
            question = old.pop(row["key"], None) or Question(template=template)
            question.position = position
            for name in FIELDS:
                setattr(question, name, row[name])
            question.full_clean(exclude=["template"], validate_unique=False, validate_constraints=False)
            question.save()
        for question in old.values():
            question.delete()
        return template

    def newest_seen(self) -> int:
        """The version for the form to send back."""
        if self.head.is_bound and not self.changed_since:
            return self.head.cleaned_data.get("seen") or 0
        return self.version()
