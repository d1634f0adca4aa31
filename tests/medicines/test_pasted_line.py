"""Where the product ends and the directions begin, in a line as people paste it."""

from __future__ import annotations

import pytest

from healthcheck_cli.medicines.pasted_line import split_product_and_dosage


@pytest.mark.parametrize(
    ("line", "product", "dosage"),
    [
        ("Clozapine 100mg tablets 1 nocte", "Clozapine 100mg tablets", "1 nocte"),
        ("Laxido Orange oral powder sachets", "Laxido Orange oral powder sachets", ""),
        ("Risperidone 1mg bd", "Risperidone", "1mg bd"),
        ("Sertraline 50mg od", "Sertraline", "50mg od"),
        ("Amlodipine 5mg tablets - take one daily", "Amlodipine 5mg tablets", "take one daily"),
        ("Methotrexate 2.5mg tablets\t6 once a week", "Methotrexate 2.5mg tablets", "6 once a week"),
        ("Epilim Chrono 500 bd", "Epilim Chrono 500", "bd"),
        ("Zileze 3.75 nocte", "Zileze 3.75", "nocte"),
        ("Co-careldopa 25/100 1 tds", "Co-careldopa 25/100", "1 tds"),
        ("Haloperidol 500micrograms 1/2 tab bd", "Haloperidol 500micrograms", "1/2 tab bd"),
        ("Fentanyl 25micrograms/hour patches every 72 hours", "Fentanyl 25micrograms/hour patches", "every 72 hours"),
        ("Depixol 40mg/2ml 40 mg IM every 4 weeks", "Depixol 40mg/2ml", "40 mg IM every 4 weeks"),
        ("Lorazepam 1mg tablets, half a tablet when agitated", "Lorazepam 1mg tablets", "half a tablet when agitated"),
        ("Chlorpromazine 25mg mane and 50mg nocte", "Chlorpromazine", "25mg mane and 50mg nocte"),
        ("Omeprazole 20mg capsules One To Be Taken Each Day", "Omeprazole 20mg capsules", "One To Be Taken Each Day"),
        ("Night Nurse", "Night Nurse", ""),
        ("1 od", "1 od", ""),
        ("", "", ""),
    ],
)
def test_a_pasted_line_is_a_product_and_its_directions(line: str, product: str, dosage: str) -> None:
    assert split_product_and_dosage(line) == (product, dosage)
