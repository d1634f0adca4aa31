"""A review as one FHIR R4 bundle: each person with plan, findings, medicines and answers, and what it was made with."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping

from healthcheck_cli import __version__
from healthcheck_cli.content.models import Content
from healthcheck_cli.findings import Finding, PersonReview, Review, ThemeStatus
from healthcheck_cli.medicines.models import Currency
from healthcheck_cli.plans.as_json import person_to_json
from healthcheck_cli.plans.fhir.actions import care_plan, tasks
from healthcheck_cli.plans.fhir.answers import questionnaire_response
from healthcheck_cli.plans.fhir.elements import ABSENT, Ids, Json, clean, draft_tag, note, ours
from healthcheck_cli.plans.fhir.flags import flags
from healthcheck_cli.plans.fhir.issues import accepted_issue, detected_issue
from healthcheck_cli.plans.fhir.medicines import medicine_statement
from healthcheck_cli.plans.fhir.wanted_adjustments import wanted_adjustments, worth_asking
from healthcheck_cli.record import Answer

Answers = Mapping[str, Answer]


def fhir_text(review: Review, content: Content, answers: Mapping[str, Answers] | None = None) -> str:
    """The bundle as JSON text, the same for the same review. Everything outside ASCII is escaped, so that no text of a
    record can move a terminal's cursor. ``answers`` as for :func:`fhir_bundle`."""
    return json.dumps(fhir_bundle(review, content, answers), indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def fhir_bundle(review: Review, content: Content, answers: Mapping[str, Answers] | None = None) -> Json:
    """The bundle (a collection, in the R4 version of FHIR). Resources refer to each other by ``urn:uuid``.

    ``answers`` are the answers of checks, by the person's id. Where two people have one id it cannot be told whose they
    are, and nobody has any.
    """
    times = Counter(person.person_id for person in review.people)
    told = {key: given for key, given in (answers or {}).items() if times[key] == 1}
    resources = [it for person in review.people for it in _of_person(person, review, content, told)]
    resources.append(_device(content))
    return {
        "resourceType": "Bundle",
        "meta": {"tag": [draft_tag()]},
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{it['id']}", "resource": it} for it in resources],
    }


def _of_person(person: PersonReview, review: Review, content: Content, told: Mapping[str, Answers]) -> list[Json]:
    answers = told.get(person.person_id, {})
    asked = bool(answers) or (person.from_check and person.person_id in told)
    ids = _ids(person, review, content)
    patient, day = ids.reference("Patient"), review.as_of.isoformat()
    who = [{"system": ours("person"), "value": clean(person.person_id)}] if clean(person.person_id) else []
    rows = {row for finding in _findings(person) for row in finding.rows}
    reads = {it.row: it for it in person.medicines if it.row in rows or it.currency is Currency.CURRENT}
    response = [questionnaire_response(answers, content, patient, ids, day)] if asked else []
    flagged = flags(answers, content, patient, ids)
    support = [{"reference": f"urn:uuid:{it['id']}"} for it in (*response, *flagged[:1])]
    raised = [it.id for it in person.themes if it.state is ThemeStatus.RAISED]
    ask = [it.term for it in worth_asking(raised, wanted_adjustments(answers, content), content)]
    made = [
        care_plan(person, content, patient, ids, day, support, ask if asked else []),
        *tasks(person, patient, ids, day),
        *(detected_issue(it, person, content, patient, ids, day) for it in person.findings),
        *(accepted_issue(it, person, content, patient, ids, day) for it in person.accepted),
        *(medicine_statement(it, patient, ids) for it in reads.values()),
        *response,
        *flagged,
    ]
    return [ids.resource("Patient", identifier=who), *made, _provenance(made, review, content, ids)]


def _findings(person: PersonReview) -> list[Finding]:
    return [*person.findings, *(it.finding for it in person.accepted)]


def _program(content: Content) -> tuple[str, str]:
    return (__version__, content.sha256)


def _ids(person: PersonReview, review: Review, content: Content) -> Ids:
    """Ids that hold for one person of these inputs on this day: another practice's person A1 is somebody else. Where
    neither a person nor an input is named, everything that was found tells them apart."""
    inputs = sorted(it.sha256 for it in review.inputs)
    if not person.person_id and not inputs:
        found = json.dumps(person_to_json(person, content), sort_keys=True)
        inputs = [hashlib.sha256(found.encode()).hexdigest()]
    return Ids((person.person_id, review.as_of.isoformat(), *inputs), _program(content))


def _device(content: Content) -> Json:
    """This program, as the author of the drafts."""
    return Ids(_program(content), ()).resource(
        "Device",
        deviceName=[{"name": "healthcheck", "type": "model-name"}],
        version=[{"value": __version__}],
        note=[note(f"Clinical content {content.version}, SHA-256 {content.sha256}")],
    )


def _provenance(made: list[Json], review: Review, content: Content, ids: Ids) -> Json:
    """What the drafts were made from. When the program ran is not known here, and does not change what it says."""
    sources = [("clinical content " + content.version, content.sha256)]
    sources += [(it.name, it.sha256) for it in review.inputs]
    return {
        **ids.resource(
            "Provenance",
            target=[{"reference": f"urn:uuid:{it['id']}"} for it in made],
            occurredDateTime=review.as_of.isoformat(),
            activity={"text": "Drafts made by a computer program; no clinician has seen them"},
            agent=[{"who": ids.program}],
            entity=[
                {
                    "role": "source",
                    "what": {"identifier": {"system": ours("sha256"), "value": digest}, "display": clean(name)},
                }
                for name, digest in sources
            ],
        ),
        "_recorded": {"extension": [{"url": ABSENT, "valueCode": "unknown"}]},
    }
