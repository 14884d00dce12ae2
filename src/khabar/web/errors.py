"""What can go wrong in a room: each with a status of HTTP, a code for programs and words for people."""

from __future__ import annotations

from khabar import KhabarError


class WebError(KhabarError):
    """Anything a request is refused for. `code` names the text `error.<code>` of the catalogs; `detail` is added to it where it helps."""

    status = 400
    code = "bad_request"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class NotFound(WebError):
    status, code = 404, "not_found"


class BadRequest(WebError):
    status, code = 400, "bad_request"


class LoginNeeded(WebError):
    status, code = 401, "login_needed"


class Forbidden(WebError):
    status, code = 403, "forbidden"


class CrossSite(WebError):
    status, code = 403, "cross_site"


class ReadOnly(WebError):
    status, code = 403, "read_only"


class WrongHost(WebError):
    status, code = 421, "wrong_host"


class Conflict(WebError):
    status, code = 409, "conflict"


class TooLarge(WebError):
    status, code = 413, "too_large"


class NotCoded(WebError):
    status, code = 422, "not_coded"


class Unusable(WebError):
    """A decision that does not fit what it is about."""

    status, code = 422, "unusable"


class TooMany(WebError):
    status, code = 429, "too_many"


KINDS: tuple[type[WebError], ...] = (
    NotFound, BadRequest, LoginNeeded, Forbidden, CrossSite, ReadOnly, WrongHost, Conflict, TooLarge, NotCoded, Unusable, TooMany,
)  # fmt: skip
