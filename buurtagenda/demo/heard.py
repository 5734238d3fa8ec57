"""What the kernteam of the demonstration knows of its tellers: who was heard, whom it looks for, and who helps."""

from secrets import token_hex

from buurtagenda.demo.content import Content
from projects.models import Project, User
from stories.actions.hearing import count_tellers, keep_answers, move_answers
from stories.actions.offers import offer_help
from stories.actions.outreach import add_outreach, finish_outreach
from stories.models.hearing import QUESTIONS

type People = dict[str, User]


def hear(project: Project, content: Content, people: People) -> None:
    """The answers go the way of all answers: into the buffer, out of it shuffled, and then only as counts."""
    for entry in content["answers"]:
        for _ in range(entry["number"]):
            keep_answers(project, dict(zip(QUESTIONS, entry["given"], strict=True)))
    move_answers()
    count_tellers(content.today)
    go_out(project, content, people["samira"])
    for entry in content["offers"]:
        offer_help(project, form_token=token_hex(16), **entry)


def go_out(project: Project, content: Content, by: User) -> None:
    for entry in content["outreach"]:
        fields = {name: entry[name] for name in ("whom", "how", "owner", "where")}
        on = content.days_ago(entry["days_ago"])
        task = add_outreach(project, on=on, by=by, **fields)
        if "outcome" in entry:
            finish_outreach(task, version=task.version, done_on=on, outcome=entry["outcome"], by=by)
