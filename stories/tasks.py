from celery import shared_task

from core.jobs import Run, job_task
from stories import actions, attempts
from stories.actions import hearing, offers
from stories.models import StoryFile


@job_task("stories.process_photo")
def process_photo(run: Run) -> None:
    actions.process_photo(run.job)


@shared_task(name="stories.forget_originals")
def forget_originals() -> None:
    actions.forget_originals()


@shared_task(name="stories.keep_retention")
def keep_retention() -> None:
    actions.keep_retention()


@shared_task(name="stories.count_tellers")
def count_tellers() -> None:
    hearing.move_answers()
    hearing.count_tellers()
    offers.shuffle_offers()


@job_task("stories.file")
def file(run: Run) -> None:
    asked = StoryFile.objects.select_related("project").get(job=run.job)
    actions.render_file(asked, progress=run.progress)


@shared_task(name="stories.forget_files")
def forget_files() -> None:
    actions.forget_files()


@shared_task(name="stories.forget_salt")
def forget_salt() -> None:
    attempts.forget_salt()
