from django.db import models


def lock[M: models.Model](row: M) -> M:
    """Hold the row until the transaction ends, so that what hangs on it is counted only once."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
