"""Invented people, each with the findings a pharmacist would expect and why, and those that must stay quiet.

Nobody here is real. What is expected was written from the clinical references, before the tool was run on them.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Invented(NamedTuple):
    """A record as a record file writes it; rule → why it must fire, or must not."""

    record: dict[str, Any]
    must: dict[str, str]
    must_not: dict[str, str]


def born(year: int, sex: str) -> dict[str, str]:
    return {"date_of_birth": f"{year}-03-01", "sex": sex}


def medicine(text: str, dosage: str, start: str, **more: str) -> dict[str, str]:
    return {"text": text, "dosage": dosage, "start": start, **more}


def seen(name: str, day: str, value: float | None = None, unit: str = "") -> dict[str, Any]:
    given = {"name": name, "date": day, "value": value, "unit": unit}
    return {key: it for key, it in given.items() if it not in (None, "")}


PEOPLE: dict[str, Invented] = {
    "Iris: epilepsy, topiramate and unbranded carbamazepine, nobody has talked about pregnancy": Invented(
        {
            "person": born(1992, "F"),
            "problems": ["learning disability", {"term": "epilepsy", "date": "1999-01-01"}],
            "medicines": [
                medicine("Topiramate 100mg tablets", "1 bd", "2024-02-01"),
                medicine("Carbamazepine 200mg tablets", "1 bd", "2010-01-01"),
            ],
            "answers": {"epi.contraception_advice": "never", "sexual.pregnancy": "no"},
        },
        {
            "STOMP-44": "no yearly topiramate form in a complete record",
            "STOMP-45": "carbamazepine at 34 and never any advice",
            "STOMP-46": "carbamazepine is to be kept to one product, and none is named",
            "STOMP-85": "no blood test of any kind on record",
        },
        {"STOMP-08": "epilepsy is the reason", "STOMP-40": "no valproate", "STOMP-41": "no valproate"},
    ),
    "Joe, 15: autistic with ADHD; risperidone since July, promethazine, methylphenidate, no checks": Invented(
        {
            "person": born(2011, "M"),
            "problems": ["learning disability", "autism", "ADHD"],
            "medicines": [
                medicine("Risperidone 500microgram tablets", "1 bd", "2026-07-01"),
                medicine("Promethazine hydrochloride 25mg tablets", "1 nocte", "2025-02-01"),
                medicine("Methylphenidate 18mg modified-release tablets", "1 om", "2024-09-01"),
            ],
            "answers": {"trans.child_specialist": "never"},
        },
        {
            "STOMP-12": "promethazine for two years with no allergy or sickness",
            "STOMP-13": "autism is no diagnosis that risperidone is for",
            "STOMP-17": "144 days on it and no team review",
            "STOMP-60": "long-acting methylphenidate by no brand",
            "STOMP-81": "nothing measured at the start",
            "STOMP-86": "no pressure, pulse, weight or height",
            "STOMP-87": "no six-monthly checks under 18",
            "STOMP-91": "no children's specialist",
        },
        {
            "STOMP-05": "a label was found, so 13 speaks",
            "STOMP-10": "ADHD is the reason",
            "STOMP-16": "too long ago for the early review",
            "STOMP-61": "over 6",
        },
    ),
    "Kath, 71: citalopram with indapamide and amitriptyline, sodium 128, two falls": Invented(
        {
            "person": born(1955, "F"),
            "problems": ["learning disability", {"term": "depression", "date": "2024-05-01"}],
            "medicines": [
                medicine("Citalopram 20mg tablets", "1 om", "2022-01-01"),
                medicine("Amitriptyline 10mg tablets", "1 nocte", "2023-01-01"),
                medicine("Indapamide 2.5mg tablets", "1 om", "2020-01-01"),
            ],
            "observations": [seen("sodium", "2026-10-20", 128, "mmol/L")],
            "answers": {"mobility.falls": 2},
        },
        {
            "STOMP-27": "two antidepressants and no pain or migraine for the small one",
            "STOMP-55": "amitriptyline may lengthen QT beside citalopram",
            "STOMP-64": "128 is low",
            "STOMP-70": "falls with a sedating medicine",
        },
        {
            "STOMP-06": "depression last year is the reason",
            "STOMP-32": "20 mg is the maximum at 71, and not above it",
            "STOMP-88": "the sodium is not old",
        },
    ),
    "Len: clozapine from the hospital, gave up smoking, last blood count nine weeks ago": Invented(
        {
            "person": born(1981, "M"),
            "problems": ["learning disability", {"term": "schizophrenia", "date": "2003-01-01"}],
            "medicines": [
                medicine("Clozapine 100mg tablets", "hospital only, 1 bd", "2012-01-01", last_issue="2026-08-01"),
                medicine("Laxido Orange oral powder sachets", "1 bd", "2013-01-01"),
            ],
            "observations": [seen("full blood count", "2026-09-20", 140, "g/L")],
            "answers": {"smoke.recent_change": "stopped_4_weeks", "meds.hospital_supplied": ["clozapine"]},
        },
        {
            "STOMP-48": "the level rises where smoking ends",
            "STOMP-49": "no blood count for over five weeks",
        },
        {"STOMP-05": "schizophrenia", "STOMP-37": "a hospital supplies it", "STOMP-69": "clozapine has its own rule"},
    ),
    "Mo: lithium for bipolar disorder, kidneys at 41, no issue for ten weeks": Invented(
        {
            "person": born(1988, "M"),
            "problems": ["learning disability", "bipolar disorder"],
            "medicines": [
                medicine(
                    "Priadel 400mg modified-release tablets",
                    "2 nocte",
                    "2015-01-01",
                    quantity="56 tablets",
                    last_issue="2026-09-13",
                ),
            ],
            "observations": [
                seen("lithium level", "2026-03-01", 0.7, "mmol/L"),
                seen("eGFR", "2026-03-01", 41, "mL/min"),
            ],
        },
        {
            "STOMP-37": "28 days of lithium, and nothing since",
            "STOMP-82": "the level is eight months old",
            "STOMP-83": "kidney function under 45, and no thyroid, calcium or weight",
        },
        {"STOMP-09": "bipolar disorder", "STOMP-66": "nothing that raises lithium"},
    ),
    "Nadia: dosulepin for a depression of 2014, zopiclone every month": Invented(
        {
            "person": born(1986, "F"),
            "problems": ["learning disability", {"term": "depression", "date": "2014-02-01"}],
            "medicines": [
                medicine("Dosulepin 75mg capsules", "1 nocte", "2014-02-01"),
                medicine("Zopiclone 7.5mg tablets", "1 nocte", "2023-01-01", quantity="28 tablets"),
            ],
            "answers": {"meds.exit_plan": "never"},
        },
        {
            "STOMP-07": "no sleep problem on record",
            "STOMP-14": "the depression is twelve years old",
            "STOMP-21": "dosulepin is on the low-priority list",
            "STOMP-28": "zopiclone for years",
            "STOMP-54": "no end agreed",
        },
        {"STOMP-06": "an old reason has its own rule", "STOMP-27": "one antidepressant", "STOMP-30": "two medicines"},
    ),
    "Owen: Down syndrome, valproate since 2012, uses a wheelchair, no blood tests": Invented(
        {
            "person": born(1974, "M"),
            "problems": ["Down syndrome", "learning disability", {"term": "epilepsy", "date": "2012-01-01"}],
            "medicines": [medicine("Epilim Chrono 500 tablets", "1 bd", "2012-02-01")],
            "answers": {"mobility.level": "wheelchair_pushed", "epi.male_advice": "never"},
        },
        {
            "STOMP-42": "nobody told him about valproate and having children",
            "STOMP-71": "valproate for years, in a wheelchair, no vitamin D",
            "STOMP-84": "no blood count or liver test",
        },
        {"STOMP-08": "epilepsy", "STOMP-40": "a man", "STOMP-41": "on it long before 2024"},
    ),
    "Pia, 24: valproate begun this year for bipolar disorder, one signature, no form": Invented(
        {
            "person": born(2002, "F"),
            "problems": ["learning disability", "bipolar disorder"],
            "medicines": [medicine("Depakote 500mg gastro-resistant tablets", "1 bd", "2026-03-10")],
            "answers": {"epi.two_specialists": "no"},
        },
        {"STOMP-40": "no yearly risk form", "STOMP-41": "begun under 55 in 2026 without a second specialist"},
        {"STOMP-08": "bipolar disorder", "STOMP-42": "a woman", "STOMP-43": "no pregnancy"},
    ),
    "Quentin: Down syndrome and dementia, haloperidol since August, pneumonia from aspiration": Invented(
        {
            "person": born(1966, "M"),
            "problems": [
                "Down syndrome",
                "dementia",
                "dysphagia",
                {"term": "aspiration pneumonia", "date": "2026-06-10"},
            ],
            "medicines": [medicine("Haloperidol 500microgram tablets", "1 bd", "2026-08-20")],
        },
        {"STOMP-50": "over six weeks in dementia", "STOMP-68": "aspiration, and an antipsychotic"},
        {"STOMP-05": "dementia has its own rule", "STOMP-51": "no Parkinson's and no Lewy bodies", "STOMP-74": "new"},
    ),
    "Rosa, 30: schizophrenia, amisulpride for years, no periods, nothing looked at": Invented(
        {
            "person": born(1996, "F"),
            "problems": ["learning disability", {"term": "schizophrenia", "date": "2015-01-01"}],
            "medicines": [medicine("Amisulpride 200mg tablets", "1 bd", "2015-06-01")],
            "answers": {"women.periods": ["none_6_months"], "meds.reason_noted": "never"},
        },
        {
            "STOMP-18": "the reason for going on was never written down",
            "STOMP-73": "no periods, and no prolactin",
            "STOMP-74": "no movement check",
            "STOMP-80": "no yearly checks",
        },
        {
            "STOMP-05": "schizophrenia",
            "STOMP-13": "schizophrenia",
            "STOMP-16": "begun long ago",
            "STOMP-81": "long ago",
        },
    ),
    "Sam, 22: levetiracetam since September, new behaviour, then lorazepam when required": Invented(
        {
            "person": born(2004, "M"),
            "problems": [
                "learning disability",
                {"term": "epilepsy", "date": "2026-08-01"},
                {"term": "anxiety", "date": "2026-10-01"},
            ],
            "medicines": [
                medicine("Levetiracetam 500mg tablets", "1 bd", "2026-09-20"),
                medicine("Lorazepam 1mg tablets", "1 when required", "2026-10-20", quantity="7 tablets"),
            ],
            "answers": {"behav.present": "new"},
        },
        {
            "STOMP-36": "no most in a day and no reason in the directions",
            "STOMP-76": "levetiracetam may be why",
        },
        {"STOMP-07": "anxiety last month", "STOMP-08": "epilepsy", "STOMP-26": "nothing regular of the kind"},
    ),
    "Tom: risperidone halved in October, a crisis in November": Invented(
        {
            "person": born(1986, "M"),
            "problems": ["learning disability", "challenging behaviour"],
            "medicines": [
                medicine("Risperidone 4mg tablets", "1 nocte", "2018-01-01", end="2026-10-01"),
                medicine("Risperidone 2mg tablets", "1 nocte", "2026-10-01", quantity="28", last_issue="2026-11-10"),
            ],
            "observations": [seen("crisis", "2026-11-02"), seen("psychotropic review", "2026-09-25")],
        },
        {
            "STOMP-13": "a behaviour label only",
            "STOMP-74": "eight years on it, on two lines, and no movement check",
            "STOMP-96": "a lower dose, and then a crisis",
        },
        {
            "STOMP-15": "reviewed in September",
            "STOMP-16": "a new strength is no new medicine",
            "STOMP-24": "one substance",
            "STOMP-31": "the old line ended",
            "STOMP-37": "it goes on at the lower dose",
        },
    ),
    "Una: quetiapine by two brands in one month, no annual check for years": Invented(
        {
            "person": born(1982, "F"),
            "problems": ["learning disability", {"term": "schizophrenia", "date": "2005-01-01"}],
            "medicines": [
                medicine("Quetiapine 100mg tablets", "1 nocte", "2019-01-01", quantity="28", last_issue="2026-11-10"),
                medicine("Seroquel XL 200mg tablets", "1 nocte", "2026-09-01", quantity="30", last_issue="2026-11-03"),
            ],
            "observations": [seen("annual health check", "2024-03-01")],
        },
        {"STOMP-19": "the last check is over two years old", "STOMP-31": "two lines of quetiapine, both in supply"},
        {"STOMP-22": "300 of 750 mg", "STOMP-24": "one substance", "STOMP-05": "schizophrenia"},
    ),
    "Vic, 66: hydroxyzine 75 mg, domperidone for three months": Invented(
        {
            "person": born(1960, "M"),
            "problems": ["learning disability", {"term": "urticaria", "date": "2025-01-01"}],
            "medicines": [
                medicine("Hydroxyzine 25mg tablets", "3 nocte", "2025-01-01"),
                medicine("Domperidone 10mg tablets", "1 tds", "2026-08-20"),
            ],
        },
        {
            "STOMP-56": "two QT medicines and no ECG",
            "STOMP-57": "over 50 mg from 65, and with domperidone",
            "STOMP-58": "over a week, and with hydroxyzine",
        },
        {"STOMP-12": "urticaria is the reason", "STOMP-32": "57 says it"},
    ),
    "Zac, 4: promethazine at night, risperidone, codeine after his tonsils": Invented(
        {
            "person": {"date_of_birth": "2022-06-01", "sex": "M"},
            "problems": ["learning disability", "autism"],
            "medicines": [
                medicine("Promethazine 5mg/5ml oral solution", "5ml nocte", "2026-06-01"),
                medicine("Risperidone 1mg/ml oral solution", "0.25ml od", "2026-10-15"),
                medicine("Codeine 15mg/5ml oral solution", "5ml qds", "2026-11-15"),
            ],
        },
        {
            "STOMP-16": "38 days on risperidone, and nobody has looked",
            "STOMP-61": "under 6",
            "STOMP-62": "under 12",
            "STOMP-92": "risperidone under 5",
        },
        {"STOMP-05": "autism is a label", "STOMP-19": "the annual check begins at 14", "STOMP-80": "a child"},
    ),
}
