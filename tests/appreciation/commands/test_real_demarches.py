"""Real ratings, nobody's invention, loaded as démarches by the importers and read across.

Eight municipalities of the Baromètre vélo 2025 (FUB, ODbL), 49 companies of lq2002 and four
platoons (R's multilevel, GPL): see SOURCES.md of the sample data. Collected when it is there.
"""

from collections import Counter, defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from appreciation.domain.counts import meetings_at_odds
from appreciation.domain.imports.ratings_mapping import SHIPPED_MAPPINGS
from appreciation.domain.statistics import agreement, interpolated_median, median_low
from appreciation.domain.synthesis.counting import Source, distributions
from appreciation.models import Instrument, Meeting, MeetingLog, Seat
from tests.factories import AppraisalFactory, MeetingFactory
from tests.factories.answers import finish
from tests.factories.real_instruments import instrument_toml
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

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
    """What was asked, by name of the file: the statements of the barometer are its own."""
    asked = read_rows(NOTATIONS / "barometre_velo_2025_questions.csv")
    themes = defaultdict(list)
    for row in asked:
        themes[row["categorie"]].append((row["item"], row["enonce"], int(row["echelle_max"])))
    coded = {name: [code.lower() for code in QUESTIONS[name]] for name in (COMPANIES, PLATOONS)}
    return {
        BAROMETER: instrument_toml("velo", themes, usual=6),
        COMPANIES: instrument_toml(
            "compagnies",
            {
                "Conduite": [(code, f"Énoncé {code}", 5) for code in coded[COMPANIES][:11]],
                "Tâche": [(code, f"Énoncé {code}", 5) for code in coded[COMPANIES][11:]],
            },
            usual=5,
        ),
        PLATOONS: instrument_toml(
            "pelotons",
            {"Cohésion": [(code, f"Énoncé {code}", 5) for code in coded[PLATOONS]]},
            usual=5,
        ),
    }


def load(name, instrument, group, file=None, mapping=None):
    """One group of the file as one démarche: (meeting, what the command said)."""
    appraisal = AppraisalFactory(at_meeting=True, instrument=instrument)
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


if HAS_SAMPLE_DATA:
    REFERENCE = read_rows(NOTATIONS / "reference_lq2002_extrait.csv")

    @pytest.fixture(scope="module")
    def region(kept_for_the_module, tmp_path_factory):
        """`{(file, group): meeting}`, and what the command said of each."""
        folder, loaded, said = tmp_path_factory.mktemp("instruments"), {}, {}
        for name, text in instruments().items():
            path = folder / f"{name}.toml"
            path.write_text(text, encoding="utf-8")
            call_command("import_instrument", path, stdout=StringIO())
            instrument = Instrument.objects.latest("pk")
            for group in groups_of(name):
                loaded[name, group], said[name, group] = load(name, instrument, group)
        return loaded, said

    @pytest.fixture(scope="module")
    def cells(region):
        """`{(file, group): {question: levels}}`, as a synthesis reads them."""
        names = {meeting.pk: key for key, meeting in region[0].items()}
        found = defaultdict(dict)
        for each in distributions(names):
            for code, counts in each.items.items():
                found[names[each.meeting_id]][code] = counts.levels
        return found

    def test_every_distribution_is_that_of_the_file(region, cells):
        assert Counter(name for name, _ in region[0]) == {BAROMETER: 8, COMPANIES: 49, PLATOONS: 4}
        for name, questions in QUESTIONS.items():
            for group, rows in groups_of(name).items():
                for question in questions:
                    levels = 6 if name == BAROMETER and question != "q7" else 5
                    found = cells[name, group][question.lower()]
                    assert found == counted(rows, question, levels), (group, question)

    def test_what_was_computed_elsewhere_is_equal_group_by_group(cells):
        """Frequencies, lower median, A and grouped median of agrmt under R, ten digits."""
        seen = 0
        for row in REFERENCE:
            groups = [(row["groupe"],)] if row["groupe"] != "ENSEMBLE" else groups_of(COMPANIES)
            apart = [cells[COMPANIES, group][row["item"].lower()] for group in groups]
            levels = [sum(column) for column in zip(*apart, strict=True)]
            assert " ".join(map(str, levels)) == row["frequences"]
            assert median_low(levels) == int(row["mediane_type1"])
            assert f"{float(agreement(levels)):.10g}" == row["accord_A"]
            assert f"{float(interpolated_median(levels)):.10g}" == row["mediane_interpolee"]
            seen += 1
        assert seen == 77

    def test_kept_counts_are_those_of_the_answers(region):
        meetings = [meeting.pk for meeting in region[0].values()]
        assert list(meetings_at_odds(chosen=meetings)) == []
        again = distributions(meetings, source=Source.ANSWERS)
        assert list(distributions(meetings)) == list(again)

    def test_answers_left_blank_are_nobody_and_never_a_zero(region):
        """`fub_score` is 0 for the 108 who answered nothing; who answered has no 0 anywhere."""
        loaded, said = region
        blank, told = 0, 0
        for (name, group), meeting in loaded.items():
            if name != BAROMETER:
                continue
            rows = groups_of(name)[group]
            without = [row for row in rows if float(row["fub_score"]) == 0]
            assert all(not any(row[question] for question in QUESTIONS[name]) for row in without)
            assert Seat.objects.filter(meeting=meeting).count() == len(rows) - len(without)
            assert (
                f"{len(without)} lignes sans aucune réponse, laissées de côté" in said[name, group]
            )
            blank, told = blank + len(without), told + 1
        assert (blank, told) == (108, 8)

    def test_the_means_of_the_source_are_no_answers(region, tmp_path):
        """Whoever takes the column of means for a question is refused, lines told."""
        text = (SHIPPED_MAPPINGS / f"{BAROMETER}.toml").read_text(encoding="utf-8")
        path = tmp_path / "moyennes.toml"
        path.write_text(text.replace('q8 = "q8"', 'fub_score = "q8"'), encoding="utf-8")
        instrument = region[0][BAROMETER, ("29011",)].instrument
        with pytest.raises(CommandError) as refused:
            load(BAROMETER, instrument, ("29011",), mapping=path)
        assert "« 2.3133 » n’est pas un niveau" in str(refused.value)
        assert "Colonne q8: 0 à 2 lignes" in str(refused.value)

    def test_zeros_that_mean_missing_are_refused_then_said_and_give_the_same(
        region, cells, tmp_path
    ):
        """The same file, its blanks written as 0, as some exports do."""
        header, *lines = FILES[BAROMETER].read_text(encoding="utf-8-sig").splitlines()
        first, last = header.split(",").index("q7"), header.split(",").index("q33")
        zeroed = [header]
        for line in lines:
            row = line.split(",")
            row[first : last + 1] = [cell or "0" for cell in row[first : last + 1]]
            zeroed.append(",".join(row))
        file = tmp_path / "zeros.csv"
        file.write_text("\n".join(zeroed), encoding="utf-8")
        group, instrument = ("29011",), region[0][BAROMETER, ("29011",)].instrument
        with pytest.raises(CommandError, match="Colonne q7: 0 à 2 lignes"):
            load(BAROMETER, instrument, group, file=file)
        mapping = tmp_path / "zeros.toml"
        shipped = (SHIPPED_MAPPINGS / f"{BAROMETER}.toml").read_text(encoding="utf-8")
        mapping.write_text('manquants = ["0"]\n' + shipped, encoding="utf-8")
        meeting, said = load(BAROMETER, instrument, group, file=file, mapping=mapping)
        found = {
            code: counts.levels
            for each in distributions([meeting.pk])
            for code, counts in each.items.items()
        }
        assert found == cells[BAROMETER, group]
        assert "« 0 » veut dire « pas de réponse »" in said.replace("\N{NO-BREAK SPACE}", " ")
        assert "54 cases" in said
        assert MeetingLog.objects.filter(meeting=meeting, action="Réponses manquantes").count() == 2
        assert Meeting.objects.get(pk=meeting.pk).seats.count() == 42
