"""The list of tickets narrowed to one pipeline, by keyboard too; the address keeps it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_the_list_is_narrowed_to_a_pipeline_and_the_address_keeps_it(page: Page) -> None:
    page.goto("/a/demo/tickets?view=open")
    ticket = page.get_by_role("link", name="Byta sladd").first
    expect(ticket).to_be_visible()
    page.get_by_role("button", name="Pipeline", exact=True).press("Enter")
    page.get_by_role("menuitemradio", name="Returns").press("Enter")
    expect(page.get_by_text("Only Returns")).to_be_visible()
    expect(ticket).to_be_hidden()
    expect(page).to_have_url(re.compile("pipeline="))

    page.get_by_role("link", name=re.compile("^Failed replies")).first.click()
    expect(page).to_have_url(re.compile("view=failed.*pipeline="))
    page.reload()
    expect(page.get_by_text("No ticket of this pipeline is in this view.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^All open")).first.click()
    page.get_by_role("button", name="Show all pipelines").click()
    expect(ticket).to_be_visible()
    expect(page).not_to_have_url(re.compile("pipeline="))
