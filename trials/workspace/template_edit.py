"""Writing a template and its questions. What has been answered is kept as it was asked: a change is a new version."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from frikommune.keys import read_key
from networks.models import Network
from trials.enums import QuestionKind, QuestionTheme
from trials.models import Question, Template
from trials.workspace.contact_warning import WarnsOfContacts, WrittenForm
from trials.workspace.faults import faults_of
from trials.workspace.seen import SeenForm

FIELDS = ("theme", "text", "help", "kind", "choices", "is_required")
"""What a question says, beside its place."""

EMPTY_ROWS, MOST = 3, 60

SAYS, STANDS = "spoergsmaal_", "nr_"
"""Begin the names of what a question says, and of its place; its key follows."""


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


class TemplateForm(WarnsOfContacts, SeenForm):
    """A template with its questions, a row each; without one a new template of `network` is written.

    Each question that is there is a value to choose, as is its place: two who edit different questions keep both.
    """

    name = forms.CharField(label="Skabelonens navn", max_length=150)
    introduction = forms.CharField(
        label="Indledning",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Det, kommunerne læser, før de svarer.",
    )
    added = forms.Field(label="Nye spørgsmål", required=False)

    record: Template | None
    base_fields: dict[str, forms.Field]

    def __init__(self, network: Network, record: Template | None, data=None, may_be_common: bool = False) -> None:
        self.network, self.record = network, record
        questions = list(record.questions.order_by("position")) if record else []
        rows = [_said(each) | {"place": each.position, "key": each.pk} for each in questions]
        self.rows = _Rows(data, initial=rows, prefix="spm")
        for row in self.rows:
            row.fields["DELETE"].label = "Slet spørgsmålet"
        self.base_fields = self.base_fields | self._fields(self._shown())
        if may_be_common:
            self.base_fields["is_common"] = forms.BooleanField(label="Fælles for alle netværk", required=False)
        super().__init__(record, data)

    def _shown(self) -> dict[int, int]:
        """The keys of the questions in the rows, with the number of each row."""
        keys = [str(row["key"].value() or "") for row in self.rows]
        read = ((read_key(key), number) for number, key in enumerate(keys, start=1))
        return {key: number for key, number in read if key is not None}

    @staticmethod
    def _fields(shown: dict[int, int]) -> dict[str, forms.Field]:
        """What is chosen between of each question; their values are read from the rows."""
        found = {}
        for key, number in shown.items():
            found[f"{SAYS}{key}"] = forms.Field(label=f"Spørgsmål {number}", required=False)
            found[f"{STANDS}{key}"] = forms.Field(label=f"Nr. for spørgsmål {number}", required=False)
        return found

    def stored(self) -> dict[str, Any]:
        names = [name for name in self.base_fields if name not in ("seen", "strid")]
        found: dict[str, Any] = dict.fromkeys(names)
        if self.record is None:
            return found
        found |= {"name": self.record.name, "introduction": self.record.introduction}
        for each in self.record.questions.all():
            found |= {f"{SAYS}{each.pk}": _said(each), f"{STANDS}{each.pk}": each.position}
        return {name: found[name] for name in names}

    def is_valid(self) -> bool:
        rows = self.rows.is_valid()
        return super().is_valid() and rows

    def clean(self):
        cleaned = super().clean()
        # These are said by the rows alone, whatever else is sent.
        cleaned |= {name: None for name in self.fields if name == "added" or name.startswith((SAYS, STANDS))}
        if not self.rows.is_valid():
            return cleaned
        written = [row.cleaned_data for row in self.rows if row.cleaned_data.get("text")]
        written = [row for row in written if not row.get("DELETE")]
        cleaned["added"] = [row for row in written if f"{SAYS}{row['key']}" not in self.fields]
        for row in written:
            if f"{SAYS}{row['key']}" in self.fields:
                cleaned[f"{SAYS}{row['key']}"] = {name: row[name] for name in FIELDS}
                cleaned[f"{STANDS}{row['key']}"] = row["place"]
        if not written:
            raise ValidationError("En skabelon skal have mindst ét spørgsmål.")
        return cleaned

    @property
    def messages(self) -> list:
        """What is wrong, in sentences that name the question and the field."""
        rows = [fault.after(f"Spørgsmål {n}") for n, row in enumerate(self.rows, start=1) for fault in faults_of(row)]
        return [*super().messages, *rows, *(str(e) for e in self.rows.non_form_errors() if self.rows.is_bound)]

    def check(self, values: dict[str, Any]) -> None:
        if self.record and Template.objects.filter(previous=self.record).exists():
            raise ValidationError("Skabelonen har fået en ny version, siden du åbnede siden. Ret den i stedet.")
        if not self._asked(values):
            raise ValidationError("En skabelon skal have mindst ét spørgsmål.")

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        """Save it in place, or as a new version when it has been answered: answers keep the questions they are to."""
        asked, before = self._asked(values), self.record
        if before is None:
            self.record = Template(network=None if values.get("is_common") else self.network)
        elif before.reports.exists():
            self.record = Template(network=before.network, previous=before, version=before.version + 1)
        template = self.record
        assert template is not None
        template.name, template.introduction = values["name"], values["introduction"]
        template.full_clean(exclude=["network", "previous"])
        template.save()
        _write_questions(template, asked)

    def _asked(self, values: dict[str, Any]) -> list[tuple[int | None, dict[str, Any]]]:
        """The questions as they are to be, in their order: the key of each that is there, and what it says.

        What another has added meanwhile is kept.
        """
        last = MOST + 1000
        there = {each.pk: each for each in self.record.questions.all()} if self.record else {}
        keys = [int(name.removeprefix(SAYS)) for name in values if name.startswith(SAYS) and values[name]]
        rows = [(values[f"{STANDS}{key}"], key if key in there else None, values[f"{SAYS}{key}"]) for key in keys]
        rows += [(each.position, key, _said(each)) for key, each in there.items() if f"{SAYS}{key}" not in self.fields]
        rows += [(row["place"], None, {name: row[name] for name in FIELDS}) for row in values["added"] or ()]
        rows = [row for _, row in sorted(enumerate(rows), key=lambda each: (each[1][0] or last, each[0]))]
        return [(key, said) for _, key, said in rows]

    def in_words(self, name: str, value: Any) -> str:
        if not name.startswith(SAYS):
            return super().in_words(name, value)
        return "; ".join(_in_words(value)) if value else "Slettet"


def _said(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in FIELDS}


def _in_words(said: dict[str, Any]) -> list[str]:
    """What a question says, for a reader: its text first."""
    words = [said["text"], QuestionKind(said["kind"]).label, QuestionTheme(said["theme"]).label]
    words += ["skal besvares"] if said["is_required"] else []
    return words + [text for text in (said["help"], ", ".join(said["choices"].splitlines())) if text]


def _write_questions(template: Template, asked: list[tuple[int | None, dict[str, Any]]]) -> None:
    """Let `template` ask this, in this order. Its questions that are not among them are deleted."""
    old = {each.pk: each for each in template.questions.all()}
    # Out of the way, so that two questions may change places.
    Question.objects.filter(pk__in=old).update(position=F("position") + 10_000)
    for position, (key, said) in enumerate(asked, start=1):
        question = old.pop(key or 0, None) or Question(template=template)
        question.position = position
        for name, value in said.items():
            setattr(question, name, value)
        question.full_clean(exclude=["template"], validate_unique=False, validate_constraints=False)
        question.save()
    for question in old.values():
        question.delete()
