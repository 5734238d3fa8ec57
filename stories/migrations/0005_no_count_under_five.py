from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0004_stems_of_what_was_told_before"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tellercount",
            name="answer",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddConstraint(
            model_name="tellercount",
            constraint=models.CheckConstraint(
                condition=Q(number=0) | Q(number__gte=5), name="no_count_under_five"
            ),
        ),
    ]
