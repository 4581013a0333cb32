"""What a paper about many sites is asked for: of what, which waves, in which languages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit_api.drawing import Text
from audit_api.services.access import Who
from audit_api.services.documents.card_parts import period_words
from audit_api.services.documents.languages import labels
from audit_api.services.scorecards import CardRequest, Scope, Subject, titles
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.services.scorecards.waves import Wave, of_campaign, of_periods


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that is asked for by `by`: the last of the `waves` is what it is of, the one before
    it what it is compared with."""

    subject: Subject
    request: CardRequest
    waves: Sequence[Wave]
    scoring_keys: Collection[str] | None
    by: Who
    lang: str
    now: datetime

    @property
    def wave(self) -> Wave:
        return self.waves[-1]

    @property
    def base(self) -> Wave | None:
        """The wave before; None of a campaign that is the first of its checklist."""
        return self.waves[-2] if len(self.waves) > 1 else None

    @property
    def of_campaign(self) -> bool:
        return self.subject.kind is SubjectKind.CAMPAIGN

    @property
    def network(self) -> Scope:
        """All own sites of the organisation."""
        organisation_id = self.subject.organisation_id
        return Scope(SubjectKind.ORGANISATION, organisation_id, organisation_id)

    @property
    def unfinished(self) -> bool:
        return not self.request.period.is_over(self.now)

    def words_of(self, wave: Wave) -> Text:
        """What people call a wave."""
        if wave.name is not None:
            return wave.name
        to_date = self.unfinished and wave.period == self.request.period
        return period_words(wave.period, self.lang, to_date=to_date)

    @property
    def base_words(self) -> Text:
        if self.base is None:
            return labels(self.lang).say("network.no_wave")
        return self.words_of(self.base)


def asked(subject: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime) -> Asked:
    """Return what is asked for of a region or the organisation."""
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    return Asked(subject, request, of_periods(subject, request.period), keys, by, lang, now)


def asked_of_campaign(subject: Subject, *, by: Who, lang: str, now: datetime) -> Asked:
    """Return what is asked for of a campaign, which is of all its months."""
    waves = of_campaign(subject, by=by, today=now.date())
    return Asked(subject, CardRequest(waves[-1].period), waves, None, by, lang, now)
