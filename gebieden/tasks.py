from core.jobs import Run, job_task
from gebieden.actions import TASK
from gebieden.loading import carry_out
from gebieden.models import AreaLoad


def carry_out_load(run: Run) -> None:
    carry_out(AreaLoad.objects.get(job=run.job), run.progress)


load_areas = job_task(TASK)(carry_out_load)
