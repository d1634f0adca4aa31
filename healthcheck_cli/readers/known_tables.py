"""The tables of extracts whose columns have fixed names, told by their headers: which format, and which table of it.

Sources of the names: the loaders of endeavourhealth/Transforms (EMIS and TPP extracts), CPRD's data specifications, the
table reference of ehrQL, NHSBSA's English Prescribing Dataset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from healthcheck_cli.readers.columns import plain


@dataclass(frozen=True)
class KnownTable:
    """``needs``: headers, as compared, that this table has all of; ``never``: headers that it has none of."""

    format: str
    name: str
    needs: frozenset[str]
    never: frozenset[str] = frozenset()


def _table(form: str, name: str, needs: str, never: str = "") -> KnownTable:
    return KnownTable(form, name, frozenset(needs.split()), frozenset(never.split()))


_KNOWN: tuple[KnownTable, ...] = (  # the first that fits
    _table("emis-bulk", "Prescribing_IssueRecord", "issuerecordguid"),
    _table("emis-bulk", "Prescribing_DrugRecord", "drugrecordguid patientguid"),
    _table("emis-bulk", "CareRecord_Problem", "observationguid patientguid problemstatusdescription"),
    _table("emis-bulk", "CareRecord_Problem", "observationguid patientguid significancedescription"),
    _table("emis-bulk", "CareRecord_Observation", "observationguid patientguid codeid"),
    _table("emis-bulk", "Admin_Patient", "patientguid dateofbirth"),
    _table("emis-bulk", "Coding_DrugCode", "codeid dmdproductcodeid", "patientid"),
    _table("emis-bulk", "Coding_ClinicalCode", "codeid snomedctconceptid"),
    _table("emis-bulk", "issue_record", "issuerecordid"),
    _table("emis-bulk", "drug_record", "drugrecordid patientid codeid"),
    _table("cprd", "DrugIssue", "patid prodcodeid"),
    _table("cprd", "Product", "prodcodeid productname"),
    _table("cprd", "Product", "prodcodeid termfromemis"),
    _table("cprd", "therapy", "patid prodcode"),
    _table("cprd", "product", "prodcode productname"),
    _table("cprd", "common_dosages", "dosageid dosagetext"),
    _table("cprd", "Patient", "patid gender yob"),
    _table("cprd", "Observation", "patid medcodeid"),
    _table("cprd", "MedicalDictionary", "medcodeid term"),
    _table("cprd", "NumUnit", "numunitid description"),
    _table("systmone-tables", "SRPrimaryCareMedication", "idpatient nameofmedication"),
    _table("systmone-tables", "SRCode", "idpatient snomedcode"),
    _table("systmone-tables", "SRCode", "idpatient ctv3code"),
    _table("systmone-tables", "SRPatient", "rowidentifier datebirth nhsnumber"),
    _table("opensafely", "medications", "patientid date dmdcode", "medication drug medicationname dosage"),
    _table("opensafely", "clinical_events", "patientid date snomedctcode", "term problem diagnosis"),
    _table("opensafely", "patients", "patientid dateofbirth sex dateofdeath", "medication drug medicationname"),
    _table("epact", "prescribing totals", "bnfcode items"),
    _table("epact", "prescribing totals", "bnfpresentationcode items"),
    _table("epact", "prescribing totals", "bnfpresentationpluscode"),
)


def known_table(header: Sequence[str], form: str = "") -> KnownTable | None:
    """The table that a header begins, of any format or of the one named; None where it is none of them.

    >>> known_table(["patid", "issuedate", "prodcodeid"]).name
    'DrugIssue'
    """
    headers = {plain(cell) for cell in header}
    fits = (it for it in _KNOWN if it.needs <= headers and not it.never & headers)
    return next((it for it in fits if form in ("", it.format)), None)
