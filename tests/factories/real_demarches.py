"""The real ratings of `data/notations`, each group of each file loaded as one démarche.

Eight municipalities of the Baromètre vélo 2025 (FUB, ODbL), 49 companies of lq2002 and four
platoons (R's multilevel, GPL): see SOURCES.md of the sample data.
"""

from collections import Counter, defaultdict
from io import StringIO

from django.core.management import call_command

from appreciation.models import Instrument
from tests.factories.answers import finish
from tests.factories.appraisals import AppraisalFactory, MeetingFactory
from tests.factories.places import PlaceFactory
from tests.factories.real_instruments import instrument_toml
from tests.sample_data import SAMPLE_DATA_DIR, read_rows

NOTATIONS = SAMPLE_DATA_DIR / "notations"
BAROMETER, COMPANIES, PLATOONS = (
    "barometre_velo_2025_brest",
    "multilevel_lq2002_leadership",
    "multilevel_cohesion",
)
FILES = {name: NOTATIONS / f"{name}.csv" for name in (BAROMETER, COMPANIES)}
FILES[PLATOONS] = NOTATIONS / "multilevel_cohesion_11.csv"
GROUPED_BY = {BAROMETER: ["commune_code"], COMPANIES: ["COMPID"], PLATOONS: ["UNIT", "PLATOON"]}
QUESTIONS = {
    BAROMETER: [f"q{number}" for number in range(7, 34)],
    COMPANIES: [*(f"LEAD{n:02}" for n in range(1, 12)), *(f"TSIG{n:02}" for n in range(1, 4))],
    PLATOONS: [f"COH{n:02}" for n in range(1, 6)],
}


def instruments():
    """What was asked, by name of the file: each statement is a dimension of its own, which a
    synthesis then reads alone.
    """
    asked = read_rows(NOTATIONS / "barometre_velo_2025_questions.csv")
    velo = [(row["item"], row["enonce"], int(row["echelle_max"])) for row in asked]
    five = {
        name: [(code.lower(), f"Énoncé {code}", 5) for code in QUESTIONS[name]]
        for name in (COMPANIES, PLATOONS)
    }
    return {
        BAROMETER: instrument_toml("velo", _apart(velo), usual=6),
        COMPANIES: instrument_toml("compagnies", _apart(five[COMPANIES]), usual=5),
        PLATOONS: instrument_toml("pelotons", _apart(five[PLATOONS]), usual=5),
    }


def _apart(statements):
    return {code: [(code, text, levels)] for code, text, levels in statements}


def load(name, instrument, group, file=None, mapping=None, **appraisal):
    """One group of the file as one démarche: (meeting, what the command said)."""
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument, **appraisal)
    meeting = MeetingFactory(appraisal=appraisal, open=True)
    keep = [f"{column}={value}" for column, value in zip(GROUPED_BY[name], group, strict=True)]
    out = StringIO()
    call_command(
        "import_ratings",
        file or FILES[name],
        meeting=meeting.reference,
        mapping=mapping or name,
        keep=keep,
        stdout=out,
    )
    return finish(meeting), out.getvalue()


def load_everything(folder, territory):
    """All 61, each of a community of `territory`: `{(file, group): meeting}`, and what was said."""
    loaded, said = {}, {}
    for name, text in instruments().items():
        path = folder / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        call_command("import_instrument", path, stdout=StringIO())
        instrument = Instrument.objects.latest("pk")
        for group in groups_of(name):
            place = PlaceFactory(name=f"{name} {' '.join(group)}", parent=territory)
            loaded[name, group], said[name, group] = load(name, instrument, group, place=place)
    return loaded, said


def groups_of(name):
    """`{group: its lines of the file}`, in the order of the file."""
    groups = defaultdict(list)
    for row in read_rows(FILES[name]):
        groups[tuple(row[column] for column in GROUPED_BY[name])].append(row)
    return groups


def counted(rows, question, levels):
    """The frequencies of one column, read by another road: a cell left empty counts nowhere."""
    answers = Counter(row[question] for row in rows)
    return tuple(answers[str(level)] for level in range(1, levels + 1))
