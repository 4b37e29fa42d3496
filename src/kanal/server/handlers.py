"""Every resource of the API, one module each; the handlers that stand in a module are its routes."""

from __future__ import annotations

from types import ModuleType

from litestar.handlers import BaseRouteHandler, WebsocketRouteHandler

from kanal.api.agent import (
    attachments,
    channels,
    comments,
    condition_fields,
    contacts,
    deliveries,
    drafts,
    hand_overs,
    kinds,
    live,
    me,
    member_mails,
    member_photos,
    members,
    notice_preferences,
    notices,
    one_time_links,
    password_resets,
    pipelines,
    properties,
    raw_events,
    replies,
    roles,
    routing_history,
    session,
    sessions,
    team_now,
    teams,
    ticket_routing,
    tickets,
    timeline,
    user,
)

RESOURCES: tuple[ModuleType, ...] = (
    attachments,
    channels,
    comments,
    condition_fields,
    contacts,
    deliveries,
    drafts,
    hand_overs,
    kinds,
    live,
    me,
    member_mails,
    member_photos,
    members,
    notice_preferences,
    notices,
    one_time_links,
    password_resets,
    pipelines,
    properties,
    raw_events,
    replies,
    roles,
    routing_history,
    session,
    sessions,
    team_now,
    teams,
    ticket_routing,
    tickets,
    timeline,
    user,
)


def _handlers_of(resource: ModuleType) -> list[BaseRouteHandler]:
    return [
        each
        for each in vars(resource).values()
        if isinstance(each, BaseRouteHandler) and each.fn.__module__ == resource.__name__
    ]


_ALL = [handler for resource in RESOURCES for handler in _handlers_of(resource)]
HANDLERS = [handler for handler in _ALL if not isinstance(handler, WebsocketRouteHandler)]
WS_HANDLERS = [handler for handler in _ALL if isinstance(handler, WebsocketRouteHandler)]
