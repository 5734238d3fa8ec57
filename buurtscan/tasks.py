from celery import shared_task

from buurtscan import actions
from buurtscan.actions import refresh_sources, run_pull, run_reference, run_scan
from buurtscan.actions.pictures import forget_scan_originals, process_picture
from buurtscan.models import Pull, Scan, Takeaway
from core.jobs import Run, job_task


@job_task("buurtscan.scan")
def scan(run: Run) -> None:
    run_scan(Scan.objects.select_related("project").get(job=run.job), run)


@job_task("buurtscan.pull")
def pull(run: Run) -> None:
    run_pull(Pull.objects.get(job=run.job), run)


@job_task("buurtscan.reference")
def reference(run: Run) -> None:
    run_reference(run)


@shared_task(name="buurtscan.refresh_sources")
def refresh() -> None:
    refresh_sources()


@shared_task(name="buurtscan.forget_pulls")
def forget_pulls() -> None:
    actions.forget_pulls()


@job_task("buurtscan.takeaway")
def takeaway(run: Run) -> None:
    asked = Takeaway.objects.select_related("project").get(job=run.job)
    actions.render_takeaway(asked, progress=run.progress)


@shared_task(name="buurtscan.forget_takeaways")
def forget_takeaways() -> None:
    actions.forget_takeaways()


@job_task("buurtscan.process_picture")
def picture(run: Run) -> None:
    process_picture(run.job)


@shared_task(name="buurtscan.forget_scan_originals")
def forget_originals() -> None:
    forget_scan_originals()
