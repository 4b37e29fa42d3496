"""Every resource of the API, one module each; the handlers that stand in a module are its routes."""

from __future__ import annotations

from types import ModuleType

from litestar.handlers import BaseRouteHandler, WebsocketRouteHandler

from kanal.api.agent import (
    acknowledgements,
    attachments,
    automation_runs,
    automations,
    availability,
    bulk,
    channel_check,
    channels,
    comments,
    composer,
    condition_fields,
    contact_timeline,
    contacts,
    courtesies,
    deliveries,
    desk_settings,
    drafts,
    form_versions,
    forms,
    forwards,
    hand_overs,
    holidays,
    kinds,
    languages,
    ledger,
    live,
    macros,
    me,
    member_mails,
    member_photos,
    member_standing,
    members,
    message_sender,
    my_addresses,
    new_tickets,
    notice_preferences,
    notices,
    one_time_links,
    out_of_office,
    password_resets,
    pipelines,
    properties,
    raw_events,
    remote_images,
    replies,
    roles,
    route_preview,
    routing_history,
    sender_rules,
    session,
    sessions,
    simulations,
    skills,
    spam,
    submissions,
    tags,
    team_now,
    teams,
    ticket_routing,
    tickets,
    timeline,
    user,
    views,
)
from kanal.api.visitor import pages, preflight, submit

RESOURCES: tuple[ModuleType, ...] = (
    acknowledgements,
    attachments,
    automation_runs,
    automations,
    availability,
    bulk,
    channel_check,
    channels,
    comments,
    composer,
    condition_fields,
    contact_timeline,
    contacts,
    courtesies,
    deliveries,
    desk_settings,
    drafts,
    form_versions,
    forms,
    forwards,
    hand_overs,
    holidays,
    kinds,
    languages,
    ledger,
    live,
    macros,
    me,
    member_mails,
    member_photos,
    member_standing,
    members,
    message_sender,
    my_addresses,
    new_tickets,
    notice_preferences,
    notices,
    one_time_links,
    out_of_office,
    password_resets,
    pipelines,
    properties,
    raw_events,
    remote_images,
    replies,
    roles,
    route_preview,
    routing_history,
    sender_rules,
    session,
    sessions,
    simulations,
    skills,
    spam,
    submissions,
    tags,
    team_now,
    teams,
    ticket_routing,
    tickets,
    timeline,
    user,
    views,
)

VISITORS: tuple[ModuleType, ...] = (preflight, pages, submit)
"""Theirs have whole paths, outside of the API. The framework answers OPTIONS itself unless told first."""


def _handlers_of(resource: ModuleType) -> list[BaseRouteHandler]:
    return [
        each
        for each in vars(resource).values()
        if isinstance(each, BaseRouteHandler) and each.fn.__module__ == resource.__name__
    ]


_ALL = [handler for resource in RESOURCES for handler in _handlers_of(resource)]
HANDLERS = [handler for handler in _ALL if not isinstance(handler, WebsocketRouteHandler)]
WS_HANDLERS = [handler for handler in _ALL if isinstance(handler, WebsocketRouteHandler)]
DOORS = [handler for resource in VISITORS for handler in _handlers_of(resource)]
