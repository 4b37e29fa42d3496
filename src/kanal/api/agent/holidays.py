"""/holiday-countries and /holidays: the days on which nobody of a country is expected."""

from __future__ import annotations

from litestar import get

from kanal.api.http.given import Db, FromQuery
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.people import queries as people
from kanal.people.availability import calendars
from kanal.people.availability.calendars import Country, Holiday


@get("/holiday-countries", guards=[require("read")])
async def list_holiday_countries(request: DeskRequest) -> Page[Country]:
    """The countries whose holidays are known, and their regions where these have holidays of their own. A member's
    country is the code of one of either."""
    await calendars.ready()
    return Page(calendars.countries(), None)


@get("/holidays", guards=[require("read")])
async def list_holidays(request: DeskRequest, db: Db, country: FromQuery[str], year: FromQuery[int]) -> Page[Holiday]:
    """A year's holidays in order, named in the caller's language where that is known, else in the country's."""
    await calendars.ready()
    calendars.check(country, "country")
    async with db.transaction(None) as tx:
        language = (await people.user(tx, request.user.user_id)).locale
    return Page(calendars.of_year(country, year, language), None)
