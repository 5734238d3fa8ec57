"""The table "Kerncijfers wijken en buurten" of each year: it holds the areas as drawn in that year."""

KWB_TABLES: dict[int, str] = {
    2025: "86165NED",
    2024: "85984NED",
    2023: "85618NED",
    2022: "85318NED",
    2021: "85039NED",
    2020: "84799NED",
    2019: "84583NED",
    2018: "84286NED",
    2017: "83765NED",
}
