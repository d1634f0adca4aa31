"""Phrases of directions, each list with the kind of token it stands for. The longest phrase that fits wins."""

from __future__ import annotations


def _phrases(text: str) -> tuple[str, ...]:
    """Phrases between commas."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


PHRASES: dict[str, tuple[str, ...]] = {
    # when required
    "prn": _phrases(
        """
        prn, when required, if required, as required, where required, when needed, if needed, as needed, when
        necessary, if necessary, as necessary, where necessary, whenever necessary, whenever required, whenever
        needed, as and when required, as and when needed, as and when necessary, as and when, when reqd, if reqd, as
        reqd, when nec, if nec, sos, as req, if req, when req, on demand, at onset of attack, at the onset of attack,
        at onset of, at the onset of, at first sign of, at the first sign of, for breakthrough pain, for breakthrough,
        after each loose motion, after each loose stool, after every loose motion, rescue medication, for rescue,
        emergency use, while needed, whilst needed, while required, pro re nata, when symptomatic
        """
    ),
    # no dose of its own: as directed
    "directed": _phrases(
        """
        as directed, mdu, ut dict, as dir, as instructed, as advised, as per instructions, as prescribed, follow the
        pack instructions, according to instructions, according to requirements, as often as directed, as per
        protocol, as per care plan, as per plan, as per guidelines, as per pack, see instructions, see leaflet, see
        pack, more dicto, uad, as per leaflet, as per label, as stated, as agreed, per protocol, as ordered, as told,
        as shown, as per specialist, as per hospital, as per clinic, as per consultant, as per psychiatrist, follow
        instructions, according to protocol, as per regime, as per regimen, see separate instructions
        """
    ),
    # once, now
    "stat": _phrases(
        """
        stat, stat dose, single dose, as a single dose, as one dose, once only, one off, one dose only, immediately,
        straight away, now, start now, for one dose, one dose now, at once
        """
    ),
    # the most in a day follows
    "max": _phrases(
        """
        max, maximum, maximum of, max of, up to a maximum of, up to maximum of, up to a max of, up to max, up to
        maximum, to a maximum of, to a max of, to max, no more than, not more than, do not take more than, not to be
        taken more than, dont take more than, don't take more than, never take more than, must not exceed, never
        exceed, do not give more then, no more then, not more then, not to be exceeded, do not use more than, do not
        exceed, not to exceed, not exceeding, dont exceed, maximum dose, maximum dose of, maximum daily dose, maximum
        daily dose of, max dose, max dose of, max daily dose, max daily dose of, to a maximum, never more than, do not
        have more than, total max, mdd, with a maximum of, with max, do not give more than, max daily, maximum daily
        """
    ),
    "up_to": _phrases(
        """
        up to, upto, at most
        """
    ),
    # the next step follows
    "then": _phrases(
        """
        then, and then, followed by, thereafter, after that, afterwards, increase to, increasing to, increased to,
        reduce to, reducing to, reduced to, decrease to, decreasing to, then increase to, then reduce to, then
        increase, and increase to, and reduce to, then thereafter, then go to, then go up to, then back to, then down
        to, to increase to, to reduce to, can increase to, may increase to, can be increased to, may be increased to,
        going up to, going down to, and thereafter, then continue, then continue with, then decrease to, then after
        that, if tolerated increase to, if tolerated then
        """
    ),
    # steps in no figures, or a dose that may be repeated
    "unknown_step": _phrases(
        """
        increase, increased, increasing, reduced, decreased, reduce, reducing, decrease, decreasing, taper, tapering,
        tapered, reducing dose, titrate, titrating, titrate up, then reduce, then taper, increase by, increasing by,
        to reduce by, to increase by, build up, building up, work up, working up, up titrate, step up, step down, go
        up by, go down by, cut down, cutting down, reduce by, reducing by, then reduce by, then increase by, weaning,
        wean, gradually increase, gradually reduce, slowly reduce, slowly increase, reduction, repeat, repeated, then
        repeat, may be repeated, can be repeated, can repeat, may repeat, and repeat, repeat dose, repeating
        """
    ),
    # supplied by a hospital or clinic
    "hospital": _phrases(
        """
        hospital only, hospital issue, hospital issue only, hospital prescribed, hospital supply, hospital supplied,
        hospital drug, hospital medication, hospital prescription, hospital prescribe only, hospital use only,
        hospital use, hospital script, prescribed by hospital, prescribed by the hospital, supplied by hospital,
        supplied by the hospital, supplied by clinic, supplied by specialist, hospital item, specialist prescribed,
        specialist prescription, specialist supply, prescribed by specialist, prescribed by clinic, prescribed by
        cmht, supplied by cmht, given by cmht, given by clinic, given at clinic, given in clinic, administered by
        cmht, administered by clinic, issued by hospital, issued by the hospital, from hospital, from the hospital,
        from clinic, obtained from hospital, secondary care, secondary care only, not for issue, do not issue, never
        issue, do not prescribe, not prescribed by gp, not prescribed here, not issued by gp, not issued here, for
        information only, for info only, information only, record only, for record only, recording purposes only,
        clinic only, dispensed by hospital, hospital dispensed, hospital administered, by hospital, prescribed
        elsewhere, issued elsewhere, supplied elsewhere, outside practice, hosp only
        """
    ),
    # says nothing of the dose from here to the end of the clause
    "clause_noise": _phrases(
        """
        do not, dont, don't, not to be, must not, should not, not suitable, avoid, remove old, remove, removing,
        swallow whole, warning, caution, if sleepy, may cause, this medicine may, this may, contains, brush teeth,
        shake, shake well, wait, leave, discard, store, keep, review, due review, for review, needs review, discuss,
        see gp, see doctor, subsequent courses, warn, book, tel, contact, next due, started, last issued, last given,
        next review, to be reviewed, rotate, reconstitute, shampoo after, dose changed, dose increased, dose reduced,
        equivalent to, to reduce, to help, to prevent, to treat, to control, to relieve, to aid, to lower, to protect,
        until, till, as part of, you must, please make, please see, please book, pls book, pls see, allow, use within,
        expires, if tolerated, as tolerated, because, in 2 divided, in two divided, in 3 divided, in three divided,
        authorised, was, previously, formerly, used to be, dose was, wash off, rinse off, wipe off, increased from,
        reduced from, decreased from, increased on, reduced on, up from, down from
        """
    ),
    # what it is taken with, up to the word for it
    "fluid": _phrases(
        """
        swallow with, dissolved in, dissolve in, in a glass, in half a glass, in a little, in at least, with at least,
        with a full glass, with a glass, with plenty of, mixed with, mixed in, stirred into, diluted in, made up in,
        made up to, in half
        """
    ),
    # as often as something happens
    "event": _phrases(
        """
        after a bowel movement, after each bowel movement, after every bowel movement, after bowel movement, before
        each feed, after each feed, before every feed, with each feed, after each nappy change, before each injection,
        after each dialysis, before exercise, before intercourse
        """
    ),
    # not taken at all
    "bath": _phrases(
        """
        bath, bath water, bathwater, shower
        """
    ),
    # changes the days or the amount in a way that is not understood
    "unsafe": _phrases(
        """
        out of, term time, during period, during periods, during your period, during menstruation, with periods, on
        day 1 of, on day one of, on the first day of, on first day of, around menstruation, around period, around
        periods, around your period, with period, before period, before periods, of cycle, of the cycle, of your
        cycle, of menstrual cycle, nights before, the night before, the day before, days before, double up, as well
        as, along with, on top of, in addition, in combination, of each, half the dose, half dose, same dose, half
        strength
        """
    ),
    # the end of a course
    "ending": _phrases(
        """
        then stop, and stop, and then stop, then discontinue, then finish
        """
    ),
    # words of supply or place that would otherwise be taken for a time or a number
    "prefix_noise": _phrases(
        """
        by mouth, a few, short term, long term, first thing, at the same time each day, at the same time every day,
        same time each day, same time every day, at the same time of day, time of day, of the day, a meal, the same
        meal, same meal, main meal, largest meal, each eye, each ear, each nostril, every eye, each side, on an empty
        stomach, or before bed, between meals, day or night, night cramps, night sedation, night sweats, morning
        sickness, bed sores, under dressing, one nostril, each leg, each foot, each hand, each arm, each cheek, a
        little, of each month, into the mouth, non oral, to bed, ready for, at a time, at one time, at any one time,
        in water, in divided doses, divided doses, then spit out, spit out, sick day rules, sick day, if possible,
        where possible, when possible, when you can, if able, day rules, on a full stomach, on the tongue, upper arm,
        early days, soap substitute, as a shampoo, as a mouthwash
        """
    ),
}

# A phrase → the word that means the same.
SAME_AS: dict[str, str] = {
    phrase: word
    for word, phrases in (
        ("half", _phrases("half an, half a, one half, a half, half of a")),
        ("threequarters", _phrases("three quarters of a, three quarters of, three quarters")),
        ("one", _phrases("one half an hour, one half hour, one half to one hour")),
        ("quarter", _phrases("one quarter, a quarter, quarter of a, a quarter of a, one quarter of a")),
        ("evening", _phrases("evening meal, in the pm")),
        ("midday", _phrases("midday meal, mid day")),
        ("night", _phrases("night time, going to bed, before bed")),
        ("lunch", _phrases("lunch time")),
        ("teatime", _phrases("tea time")),
        ("bedtime", _phrases("bed time")),
        (
            "meals",
            _phrases(
                """
                meal times, meal time, each meal, every meal, each main meal, every main meal, main meals, three main
                meals
                """
            ),
        ),
        ("noon", _phrases("mid morning")),
        ("morning", _phrases("in the am, on waking")),
        ("mane", _phrases("omni mane")),
        ("nocte", _phrases("omni nocte")),
        ("daily", _phrases("per diem, on the first day, on first day, on day one, on day 1, first day, by day")),
        ("bd", _phrases("bis die")),
        ("tds", _phrases("ter die")),
        ("month", _phrases("calendar month")),
        ("hours", _phrases("hour period, hrs period")),
        ("dose", _phrases("inhalation dose")),
        ("unitdose", _phrases("unit dose, unit - dose")),
        ("syringe", _phrases("pre - filled syringe, pre filled syringe, prefilled syringe")),
        ("pen", _phrases("pre - filled pen, pre filled pen, prefilled pen")),
        ("hundred", _phrases("one hundred, a hundred")),
        ("sachet", _phrases("stick pack")),
        (
            "take",
            _phrases(
                """
                half an hour before, half an hour after, half hour before, half hour after, half to one hour before,
                an hour before, an hour after, half an hour prior to, melt in the mouth, each time, every time, when
                awake, while awake, at all times, pack years
                """
            ),
        ),
        ("two", _phrases("a couple of")),
        ("weekdays", _phrases("week days, working days")),
        ("weekends", _phrases("week ends")),
        ("ml", _phrases("milli litre")),
        ("micrograms", _phrases("micro grams")),
        ("microgram", _phrases("micro gram")),
    )
    for phrase in phrases
}
