from buurtscan.actions import run_pull, run_scan
from buurtscan.models import Pull, Scan
from core.jobs import Run, job_task


@job_task("buurtscan.scan")
def scan(run: Run) -> None:
    run_scan(Scan.objects.select_related("project").get(job=run.job), run)


@job_task("buurtscan.pull")
def pull(run: Run) -> None:
    run_pull(Pull.objects.get(job=run.job), run)
