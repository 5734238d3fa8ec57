"""Who told, who did not, and what may be said of it. Pure: no database, no clock."""
