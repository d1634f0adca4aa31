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
        ("Melatonin 2mg MR nocte", "Melatonin MR", "2mg nocte"),
        ("Venlafaxine 75mg XL 2 od", "Venlafaxine 75mg XL", "2 od"),
        ("Zuclopenthixol 200mg/ml 300mg 2 weekly", "Zuclopenthixol 200mg/ml", "300mg 2 weekly"),
        ("Byannli 1000mg 6 monthly", "Byannli", "1000mg 6 monthly"),
        ("Metformin 500mg tabs TT BD", "Metformin 500mg tabs", "TT BD"),
        ("Atorvastatin 20mg (taken at night)", "Atorvastatin 20mg", "taken at night"),
        ("Humulin M3 kwikpen 20 units am 14 units pm", "Humulin M3 kwikpen", "20 units am 14 units pm"),
        ("Timolol 0.25% eye drops one drop both eyes bd", "Timolol 0.25% eye drops", "one drop both eyes bd"),
        ("Fentanyl 25mcg/hr patches change every 72 hours", "Fentanyl 25mcg/hr patches", "change every 72 hours"),
        ("BuTrans 5 patch weekly", "BuTrans 5 patch", "weekly"),
        ("BuTrans 5 patches, 1 patch weekly", "BuTrans 5 patches", "1 patch weekly"),
        ("Levetiracetam 500mg 1-0-1", "Levetiracetam 500mg", "1-0-1"),
        ("Modecate 25mg IM 3-weekly", "Modecate", "25mg IM 3-weekly"),
        ("1mg risperidone bd", "risperidone", "1mg bd"),
        ("500mg sod. valproate MR bd", "sod. valproate MR", "500mg bd"),
        ("Epilim 200mg and 500mg MR bd", "Epilim 200mg and 500mg MR", "bd"),
        ("Lactulose 10ml and 5ml nocte", "Lactulose", "10ml and 5ml nocte"),
        ("Prednisolone 30mg reducing by 5mg every 3 days", "Prednisolone", "30mg reducing by 5mg every 3 days"),
        ("Prednisolone reducing by 5mg every 3 days", "Prednisolone", "reducing by 5mg every 3 days"),
        ("Gaviscon 10ml pc + nocte", "Gaviscon", "10ml pc + nocte"),
        ("Buccolam 10mg as per protocol", "Buccolam", "10mg as per protocol"),
        ("Risperidone 1mg bd + procyclidine 5mg od", "Risperidone 1mg bd + procyclidine 5mg od", ""),
        ("Night Nurse", "Night Nurse", ""),
        ("1 od", "1 od", ""),
        ("", "", ""),
    ],
)
def test_a_pasted_line_is_a_product_and_its_directions(line: str, product: str, dosage: str) -> None:
    assert split_product_and_dosage(line) == (product, dosage)
