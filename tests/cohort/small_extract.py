"""A small extract as files, with something of all that ``review --out`` has to deal with. Nobody in it exists."""

from __future__ import annotations

from pathlib import Path

AS_OF = "2026-11-01"
MARKS = ("Zzmarkolol", "Zzmary", "Zzreason", "9990000018", "9990000026", "Zzid", "HYPERLINK")
"""What stands in it and could name somebody."""

MEDICINES = """patient_id,medication,dosage,start_date,last_issue_date,end_date,indication
D4,Senna 7.5mg tablets,2 on,2024-01-01,2026-10-20,,
9990000018,Clozapine 100mg tablets,1 bd,2020-03-01,2026-10-20,,
9990000018,Procyclidine 5mg tablets,1 tds,2021-01-01,2026-10-20,,
9990000018,Laxido Orange oral powder sachets,1 daily,2021-01-01,2026-10-20,,
9990000026,Risperidone 1mg tablets,1 bd,2019-03-14,2026-10-20,,Zzreason for it
9990000026,Olanzapine 10mg tablets,1 on,2019-03-14,2026-10-20,,
9990000026,Zzmarkolol 5mg tablets,one for Zzmary,2024-01-01,2026-10-20,,
=Zzid,"=HYPERLINK(""x"")",,2024-01-01,2026-10-20,,
=Zzid,Zzmarkolol 5mg tablets,,2024-01-01,2026-10-20,,
B2,Lorazepam 1mg tablets,1 when required,2024-01-01,2026-10-20,,
B2,Morphine 10mg tablets,1 bd,2024-01-01,2026-10-20,,
B2,Morphine 10mg tablets,1 bd,2024-01-01,2026-10-20,,
B2,Valproate semisodium 500mg tablets,1 bd,2024-01-01,2026-09-20,,
B2,Valproate semisodium 500mg tablets,1 bd,2024-01-01,2026-10-20,,
C3/1,Risperidone 1mg tablets,2 on,2024-01-01,2019-01-01,2019-02-01,
C3/1,,2 on,2024-01-01,2019-01-01,2019-02-01,
"""
PEOPLE = """patient_id,date_of_birth,sex
9990000018,1979-04-02,F
9990000026,1950-04-02,M
=Zzid,2005-04-02,F
B2,1990,M
E5,1999-01-01,F
"""
PROBLEMS = """patient_id,snomed_code,term,date,end_date
9990000018,14760008,Constipation,2020-01-01,
9990000026,84757009,Epilepsy,2001-01-01,
"""
ROWS, REJECTED = 16, 1
IDS = ("D4", "9990000018", "9990000026", "=Zzid", "B2", "C3/1", "E5")


def write_extract(folder: Path) -> list[Path]:
    """Its files."""
    paths = []
    for name, text in (("list", MEDICINES), ("people", PEOPLE), ("problems", PROBLEMS)):
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    return paths
