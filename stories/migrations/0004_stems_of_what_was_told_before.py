"""The search looks through `stems`: stories that were there before get theirs."""

from typing import Any

from django.db import migrations

from stories.search import stems_of

AT_ONCE = 500


def fill_stems(apps: Any, _schema_editor: Any) -> None:
    rows = apps.get_model("stories", "Story").objects.filter(stems="").order_by("pk")
    batch: list[Any] = []
    for story in rows.iterator(chunk_size=AT_ONCE):
        story.stems = stems_of(story)
        batch.append(story)
        if len(batch) == AT_ONCE:
            keep(rows, batch)
    keep(rows, batch)


def keep(rows: Any, batch: list[Any]) -> None:
    rows.model.objects.bulk_update(batch, ["stems"])
    batch.clear()


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_faces_gaps_and_day_of_judging")]

    operations = [migrations.RunPython(fill_stems, migrations.RunPython.noop, elidable=True)]
