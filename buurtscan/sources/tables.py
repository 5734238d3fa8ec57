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
        2016: "83487NED",
        2015: "83220NED",
    }.items()
)
RIVM = (TableId("50150NED", 2024), TableId("50120NED", 2022), TableId("50090NED", 2020))
POLITIE = TableId("47018NED", 2024)
POLITIE_SINCE = 2019
LEEFBAAROMETER = TableId("lbm3-2024", 2024)
