"""Which tables there are. A new year is one line here."""

from buurtscan.figures import TableId

KWB = tuple(
    TableId(name, year)
    for year, name in {
        2025: "86165NED",
        2024: "85984NED",
        2023: "85618NED",
        2022: "85318NED",
        2021: "85039NED",
        2020: "84799NED",
        2019: "84583NED",
        2018: "84286NED",
        2017: "83765NED",
    }.items()
)
NABIJHEID = tuple(
    TableId(name, year)
    for year, name in {
        2025: "86270NED",
        2024: "86134NED",
        2023: "85830NED",
        2022: "85560NED",
        2021: "85231NED",
        2020: "84953NED",
        2019: "84718NED",
    }.items()
)
# Each of these has all years since 2014; the year here is that of its areas.
SES_WOA = tuple(
    TableId(name, year)
    for year, name in {
        2025: "86296NED",
        2024: "86092NED",
        2023: "85900NED",
        2021: "85163NED",
    }.items()
)
RIVM = (TableId("50150NED", 2024), TableId("50120NED", 2022), TableId("50090NED", 2020))
POLITIE = TableId("47018NED", 2024)
POLITIE_SINCE = 2012
LEEFBAAROMETER = TableId("lbm3-2024", 2024)
