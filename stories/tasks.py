from celery import shared_task


@shared_task(name="stories.forget_originals")
def forget_originals() -> None:
    pass
