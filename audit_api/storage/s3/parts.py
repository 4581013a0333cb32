"""Objects that are put together part by part in an S3 bucket (multipart uploads)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import md5
from typing import Any

from audit_api.errors import not_found
from audit_api.storage.store import Part, checked_key, unavailable

Call = Callable[..., Mapping[str, Any]]
"""Makes a call of S3 by the name of its operation, within its time."""


class Parts:
    """Multipart uploads by `call`; `is_gone` tells the error of an upload that is no more."""

    def __init__(self, call: Call, is_gone: Callable[[Exception], bool]) -> None:
        self._call = call
        self._is_gone = is_gone

    def begin(self, key: str, media_type: str) -> str:
        answer = self._call("create_multipart_upload", Key=checked_key(key), ContentType=media_type)
        return _said(answer, "UploadId")

    def put(self, key: str, attempt: str, part: Part) -> str:
        # The digest that every S3 server checks: a part that was damaged on its way is refused.
        digest = b64encode(md5(part.data, usedforsecurity=False).digest()).decode()
        try:
            answer = self._call(
                "upload_part",
                bulk=len(part.data),
                Key=checked_key(key),
                UploadId=attempt,
                PartNumber=part.number,
                Body=part.data,
                ContentMD5=digest,
            )
        except Exception as error:
            raise self._told(error) from error
        return _said(answer, "ETag")

    def complete(
        self, key: str, attempt: str, tags: Sequence[str], is_there: Callable[[], bool]
    ) -> None:
        """Complete an upload; one that is no more was completed before if the object is there."""
        parts = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(tags, start=1)]
        try:
            answer = self._call(
                "complete_multipart_upload",
                Key=checked_key(key),
                UploadId=attempt,
                MultipartUpload={"Parts": parts},
            )
        except Exception as error:
            if self._is_gone(error) and is_there():
                return
            raise self._told(error) from error
        _said(answer, "ETag")

    def abandon(self, key: str, attempt: str) -> None:
        try:
            self._call("abort_multipart_upload", Key=checked_key(key), UploadId=attempt)
        except Exception as error:
            if not self._is_gone(error):
                raise

    def _told(self, error: Exception) -> Exception:
        """Return NOT_FOUND where an error says that the upload is no more."""
        return not_found("upload") if self._is_gone(error) else error


def _said(answer: Mapping[str, Any], member: str) -> str:
    """Return what an answer says; a captive portal's says nothing."""
    said = answer.get(member)
    if not said:
        raise unavailable()
    return str(said)
