"""The addresses of templates and answers, and what a browser sends to them."""

from trials.models import Template


def at(template: Template | None = None, *rest: str, network: str = "arbejde") -> str:
    parts = [*([str(template.pk)] if template else []), *rest]
    return f"/arbejdsbord/netvaerk/{network}/skabeloner/" + "".join(f"{part}/" for part in parts)


def answering(template, trial, municipality: str = "thisted") -> str:
    return at(template, "svar", trial.public_id, municipality)


def rows(*questions: dict, initial: int = 0, **head) -> dict:
    """What a browser sends from the form for a template."""
    sent = {"name": "Erfaringer", "introduction": ""} | head
    sent |= {"spm-TOTAL_FORMS": len(questions), "spm-INITIAL_FORMS": initial}
    sent |= {"spm-MIN_NUM_FORMS": 0, "spm-MAX_NUM_FORMS": 60}
    for number, question in enumerate(questions):
        row = {
            "text": "",
            "kind": "text",
            "theme": "other",
            "choices": "",
            "help": "",
            "place": "",
            "key": "",
        } | question
        sent |= {f"spm-{number}-{name}": value for name, value in row.items()}
    return sent


def now(client, template) -> dict:
    """What a browser sends when nothing is changed in the form for `template`."""
    form = client.get(at(template, "ret")).context["form"]
    questions = [
        {name: row.initial.get(name) or "" for name in ("text", "kind", "theme", "choices", "help", "place", "key")}
        | ({"is_required": "on"} if row.initial.get("is_required") else {})
        for row in form.rows
        if row.initial.get("text")
    ]
    return rows(*questions, initial=len(questions), name=template.name, seen=form["seen"].value())


def sent(template, *values: str, **more) -> dict:
    """What a browser sends from the form for answers: values in the order of the questions."""
    keys = template.questions.order_by("position").values_list("pk", flat=True)
    return {"as_of": "2018-05-01"} | {f"svar_{k}": v for k, v in zip(keys, values, strict=False)} | more
