"""One table from the errors of the domain to problem documents. The domain knows no status numbers; a new error of it
gets a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import psycopg
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from kanal.api.http import problem
from kanal.api.http.idempotency import AnswerLost, KeyReused, KeyTooLong, UnderWay
from kanal.api.http.problem import FieldError, Forbidden, ForeignOrigin, Invalid, NotReady
from kanal.automation.errors import InvalidRule
from kanal.bulk.errors import InvalidBulk, NotUndoable
from kanal.channelkit.errors import InvalidSettings
from kanal.contacts.errors import InvalidContact
from kanal.contacts.senders.errors import InvalidSender
from kanal.conversations.errors import InvalidConversation, PictureUnavailable
from kanal.delivery import errors as delivery
from kanal.delivery.acknowledging import InvalidAcknowledgement
from kanal.forms import errors as forms
from kanal.forms.files import ScannerAway
from kanal.forms.submissions import errors as submissions
from kanal.inboxes import errors as inboxes
from kanal.intake.errors import InvalidChoice
from kanal.kit.db import NotFound, is_passing
from kanal.kit.hours import HoursInvalid
from kanal.kit.storage import BlobMissing
from kanal.macros.errors import InvalidMacro, NotYours
from kanal.notifications.errors import InvalidWish
from kanal.people import errors as people
from kanal.people.availability.errors import AvailabilityInvalid
from kanal.people.limits import RateLimited
from kanal.people.skills.errors import CategoryNotEmpty, SkillInUse
from kanal.properties.errors import PropertyInvalid
from kanal.routing.errors import InvalidHandOver, InvalidRouting, SimulationRunning
from kanal.tickets.errors import (
    InvalidPipeline,
    MoveRefused,
    TicketDeleted,
    TicketMerged,
    Unfit,
    UnknownReference,
)
from kanal.tickets.tags.errors import InvalidTag
from kanal.views.errors import InvalidQuestion, TicketIsSpam
from kanal.views.saved.errors import InvalidView, ViewChanged, ViewIsBroken, ViewNotYours

log = structlog.get_logger("kanal.http")


class Line(msgspec.Struct, frozen=True):
    """`more` makes further members of the document, `headers` headers, both from the error itself."""

    error: type[Exception]
    type: str
    status: int
    title: str
    more: Callable[[Any], dict[str, Any]] | None = None
    headers: Callable[[Any], dict[str, str]] | None = None


def _one_field(error: Any) -> dict[str, Any]:
    return {"errors": [FieldError(error.field, error.message)]}


TABLE = (
    Line(Invalid, "invalid", 422, "Some fields are wrong", lambda e: {"errors": e.errors, **e.more}),
    Line(NotFound, "not-found", 404, "There is nothing here"),
    Line(
        Forbidden,
        "forbidden",
        403,
        "This is not yours to do",
        lambda e: {"detail": f"It needs the permission {e.args[0]}."} if e.args else {},
    ),
    Line(ForeignOrigin, "foreign-origin", 403, "The request comes from a page that is not ours"),
    Line(NotReady, "not-ready", 503, "The service is not ready"),
    Line(RateLimited, "rate-limited", 429, "Too many tries", headers=lambda e: {"retry-after": str(e.after)}),
    Line(people.SignInRequired, "sign-in", 401, "Sign in first"),
    Line(people.WrongCredentials, "wrong-credentials", 401, "Email and password do not belong together"),
    Line(people.CodeRequired, "totp-required", 401, "A code of the authenticator app is needed"),
    Line(people.CodeWrong, "totp-wrong", 401, "The code is wrong or was used before"),
    Line(people.NoSecretYet, "conflict", 409, "Make a secret for the authenticator app first"),
    Line(people.SecondFactorOn, "conflict", 409, "The second factor is on already"),
    Line(KeyTooLong, "invalid", 422, "The Idempotency-Key is too long"),
    Line(KeyReused, "idempotency-key-reused", 422, "The Idempotency-Key came with another request before"),
    Line(
        UnderWay,
        "request-under-way",
        409,
        "The first request with this Idempotency-Key is still being worked on",
        headers=lambda _: {"retry-after": "1"},
    ),
    Line(AnswerLost, "answer-lost", 409, "The first request was carried out, but its answer was lost"),
    Line(InvalidQuestion, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidView, "invalid", 422, "Some fields are wrong", _one_field),
    Line(
        ViewIsBroken,
        "view-is-broken",
        409,
        "The view asks about something that is gone",
        lambda e: {"errors": [FieldError(problem.field, problem.message) for problem in e.problems]},
    ),
    Line(
        ViewChanged,
        "view-changed",
        409,
        "Somebody changed the view meanwhile",
        lambda e: {"version": e.version},
    ),
    Line(ViewNotYours, "forbidden", 403, "Its owner may change the view, or whoever manages the desk"),
    Line(
        TicketIsSpam,
        "ticket-is-spam",
        404,
        "The ticket is spam; say that it is not to bring it back",
        lambda e: {"conversation_id": str(e.conversation)},
    ),
    Line(
        TicketMerged,
        "ticket-merged",
        409,
        "The ticket is part of another one now; go on there",
        lambda e: {"into": {"id": str(e.into), "number": e.number}},
    ),
    Line(
        TicketDeleted,
        "ticket-deleted",
        409,
        "The ticket was deleted; restore it first",
        lambda e: {"ticket_id": str(e.ticket)},
    ),
    Line(Unfit, "invalid", 422, "That cannot be done with the ticket as it stands", _one_field),
    Line(UnknownReference, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidBulk, "invalid", 422, "Some fields are wrong", _one_field),
    Line(
        InvalidMacro,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(problem.field, problem.message) for problem in e.problems]},
    ),
    Line(NotYours, "forbidden", 403, "It is shared by others; whoever may share it may change it"),
    Line(NotUndoable, "conflict", 409, "The job cannot be taken back", lambda e: {"detail": e.why}),
    Line(InvalidWish, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidTag, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidAcknowledgement, "invalid", 422, "Some fields are wrong", _one_field),
    Line(
        InvalidRule,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(problem.field, problem.message) for problem in e.problems]},
    ),
    Line(InvalidHandOver, "invalid", 422, "The tickets cannot be handed over", _one_field),
    Line(HoursInvalid, "invalid", 422, "Some fields are wrong", _one_field),
    Line(AvailabilityInvalid, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidContact, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidChoice, "invalid", 422, "Some fields are wrong", _one_field),
    Line(InvalidSender, "invalid", 422, "Some fields are wrong", _one_field),
    Line(MoveRefused, "invalid", 422, "The pipeline's rules do not allow that", _one_field),
    Line(InvalidPipeline, "invalid", 422, "Some fields are wrong", _one_field),
    Line(
        PropertyInvalid,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(field, message) for field, message in e.errors]},
    ),
    Line(
        delivery.InvalidReply,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(e.field, e.why)]},
    ),
    Line(
        delivery.StaleReply,
        "stale-reply",
        409,
        "Something was said that you have not seen",
        lambda e: {"version": e.version, "newer": e.newer},
    ),
    Line(delivery.SeenVersionRequired, "seen-version-required", 422, "Say which version of the ticket you saw"),
    Line(delivery.NoWayOut, "conflict", 409, "The ticket cannot be answered", lambda e: {"detail": e.why}),
    Line(delivery.AlreadySent, "already-sent", 409, "It was sent already"),
    Line(delivery.NotScheduled, "conflict", 409, "The message waits for no time that could be moved"),
    Line(delivery.AlreadyReceipted, "already-sent", 409, "A read receipt was sent already"),
    Line(
        PictureUnavailable,
        "picture-unavailable",
        502,
        "The picture cannot be fetched",
        lambda e: {"detail": e.why},
    ),
    Line(delivery.NotRepeatable, "conflict", 409, "The message is not in a state in which that can be done"),
    Line(delivery.FileTooLarge, "too-large", 413, "A file may have at most 25 MB"),
    Line(people.NotAccepted, "invalid", 422, "Some fields are wrong", _one_field),
    Line(
        people.EmailInvalid,
        "invalid",
        422,
        "Some fields are wrong",
        lambda _: {"errors": [FieldError("email", "That is no address; one looks like ana@example.com.")]},
    ),
    Line(
        people.TeamNameTaken,
        "invalid",
        422,
        "Some fields are wrong",
        lambda _: {"errors": [FieldError("name", "Another team has that name.")]},
    ),
    Line(
        people.AlreadyMember,
        "already-member",
        409,
        "They are a member of the account already",
        lambda e: {"member_id": e.member_id},
    ),
    Line(people.AlreadyJoined, "already-joined", 409, "They took the invitation up; they can be deactivated"),
    Line(people.BeyondReach, "forbidden", 403, "They may do more than you; somebody who may do as much has to"),
    Line(people.Oneself, "conflict", 409, "You cannot deactivate yourself; a colleague has to"),
    Line(people.LastSuperAdmin, "last-super-admin", 409, "Nobody would be left who manages members"),
    Line(people.BuiltinRole, "builtin-role", 409, "Roles that came with Kanal stay as they are"),
    Line(
        people.RoleInUse,
        "role-in-use",
        409,
        "Members have the role; give them another first",
        lambda e: {"members": e.members},
    ),
    Line(
        people.TeamInUse,
        "team-in-use",
        409,
        "Channels are open to this team alone; open them to others first",
        lambda e: {"channels": e.channels},
    ),
    Line(
        SkillInUse,
        "skill-in-use",
        409,
        "People have this skill or rules require it",
        lambda e: {"members": e.members, "rules": e.rules, "hidden_rules": e.hidden_rules},
    ),
    Line(
        CategoryNotEmpty, "category-not-empty", 409, "Delete or move its skills first", lambda e: {"skills": e.skills}
    ),
    Line(people.LinkSpent, "not-found", 404, "The link was used or has expired"),
    Line(
        InvalidSettings,
        "invalid",
        422,
        "Some settings are wrong",
        lambda e: {"errors": [FieldError(f"settings.{e.field}", e.why)]},
    ),
    Line(
        inboxes.InvalidChannel,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(e.field, e.why)]},
    ),
    Line(
        InvalidRouting,
        "invalid",
        422,
        "The routing cannot be as it is",
        lambda e: {"errors": [FieldError(problem.field, problem.message) for problem in e.problems]},
    ),
    Line(
        SimulationRunning,
        "simulation-running",
        409,
        "Changed rules of this channel are being tried already",
        lambda e: {"simulation_id": str(e.simulation)},
    ),
    Line(
        inboxes.AddressInUse,
        "address-in-use",
        409,
        "The address is in use on this installation",
        lambda e: {"channel_name": e.channel_name},
    ),
    Line(
        inboxes.InboxInUse,
        "inbox-in-use",
        409,
        "Only an empty inbox can be deleted",
        lambda e: {"channels": e.channels, "conversations": e.conversations},
    ),
    Line(
        InvalidConversation, "invalid", 422, "Some fields are wrong", lambda e: {"errors": [FieldError(e.field, e.why)]}
    ),
    Line(inboxes.ChannelDeleted, "conflict", 409, "The channel was deleted"),
    Line(inboxes.NotReplayable, "conflict", 409, "It cannot be done again", lambda e: {"detail": e.why}),
    Line(submissions.NotCaught, "conflict", 409, "It is no spam; there is nothing to let in"),
    Line(submissions.NotCarried, "conflict", 409, "No channel carries the form; connect it first"),
    Line(submissions.InfectedFile, "infected", 403, "The virus scanner found something in the file"),
    Line(
        ScannerAway,
        "not-ready",
        503,
        "The file could not be checked for viruses; try again in a minute",
        headers=lambda e: {"retry-after": str(e.retry_after)},
    ),
    Line(
        forms.FormInvalid,
        "invalid",
        422,
        "Some fields are wrong",
        lambda e: {"errors": [FieldError(problem.field, problem.message) for problem in e.problems]},
    ),
    Line(
        forms.FormChanged,
        "form-changed",
        409,
        "Somebody changed the form meanwhile",
        lambda e: {"version": e.version, "by": e.by and {"id": str(e.by), "name": e.name}, "at": e.at},
    ),
    Line(
        forms.FormCarried,
        "form-carried",
        409,
        "A channel carries the form; disconnect it first",
        lambda e: {"channel_id": str(e.channel)},
    ),
    Line(BlobMissing, "not-found", 404, "The file is no longer in storage"),
)


def handlers() -> ExceptionHandlersMap:
    """For Litestar: an exception's class, or the nearest one above it, to the function that answers."""
    return {
        Exception: _crash,
        HTTPException: _http,
        ValidationException: _validation,
        psycopg.OperationalError: _passing,
        psycopg.errors.ForeignKeyViolation: _crossed,
        psycopg.errors.UniqueViolation: _crossed,
        **{line.error: _answer(line) for line in TABLE},
    }


def _answer(line: Line) -> Callable[[Request[Any, Any, Any], Any], Response[Any]]:
    def answer(_: Request[Any, Any, Any], error: Any) -> Response[Any]:
        more = line.more(error) if line.more else None
        headers = line.headers(error) if line.headers else None
        return problem.respond(line.type, line.title, line.status, more, headers)

    return answer


def _validation(_: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    return problem.of_validation(error)


def _http(_: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    if error.status_code >= 500:
        log.error("request failed", exc_info=error)
    return problem.of_http(error)


def _passing(request: Request[Any, Any, Any], error: psycopg.OperationalError) -> Response[Any]:
    """Nothing was done; of two that waited for each other, one has to try again."""
    if not is_passing(error):
        return _crash(request, error)
    log.warning("request interrupted", error=type(error).__name__)
    title = "The database was busy; nothing was changed, try again"
    return problem.respond("not-ready", title, 503, headers={"retry-after": "1"})


def _crossed(_: Request[Any, Any, Any], error: psycopg.IntegrityError) -> Response[Any]:
    """What was there when the request was checked was deleted, or made, by somebody else before it was written."""
    log.warning("request crossed another", constraint=error.diag.constraint_name)
    return problem.respond("conflict", "Somebody changed the same at this moment; look again and repeat it", 409)


def _crash(_: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    log.error("request failed", exc_info=error)
    return problem.respond(*problem.FRAMEWORK[500], 500)
