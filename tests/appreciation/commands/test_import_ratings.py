"""Sheets brought in from files, and what the results say of them, against known values.

The typed fixture holds distributions of DOMAIN.md §7.3 and always runs. The real files of
`data/notations` (see SOURCES.md there) are read when the sample data is there.
"""

import csv
import tomllib
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from appreciation.domain import statistics
from appreciation.domain.counts import count_differences
from appreciation.domain.imports.ratings_mapping import SHIPPED_MAPPINGS
from appreciation.domain.results import Audience, meeting_results
from appreciation.models import MeetingLog, Rating, Seat
from tests.factories import ItemFactory, MembershipFactory, ScaleFactory
from tests.factories.answers import finish
from tests.factories.real_ratings import meeting_asking
from tests.sample_data import FIXTURES, HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

KNOWN = FIXTURES / "feuilles_valeurs_connues.csv"
KNOWN_VALUES = {
    # code: frequencies, A, interpolated median (DOMAIN.md §7.3)
    "uniforme": ((2, 2, 2, 2, 2), Fraction(0), Fraction(3)),
    "plutot_oui": ((0, 1, 6, 3, 0), Fraction(3, 4), Fraction(19, 6)),
    "etale": ((1, 3, 4, 1, 1), Fraction(2, 5), Fraction(11, 4)),
    "oppose": ((4, 1, 0, 1, 4), Fraction(-59, 90), None),
    "deux_voisins": ((0, 0, 5, 5, 0), Fraction(3, 4), None),
    "presque_tous": ((1, 1, 1, 1, 6), Fraction(1, 2), None),
    "huit_hauts": ((0, 0, 2, 5, 1), Fraction(3, 4), None),
    "huit_contraste": ((1, 0, 0, 3, 4), Fraction(19, 48), None),
    "six_deux_camps": ((0, 3, 0, 3, 0), Fraction(1, 6), None),
}


def results_of(meeting):
    """`{item code: (levels, result)}` as the team sees them once entry is finished."""
    found = meeting_results(finish(meeting), audience=Audience.TEAM)
    return {one.item.code: (tuple(one.final.distribution.levels), one.final) for one in found.items}


def test_known_distributions_come_out_as_they_went_in():
    meeting = meeting_asking(KNOWN_VALUES)
    call_command("import_ratings", KNOWN, meeting=meeting.reference)
    assert count_differences(meeting) == {}
    results = results_of(meeting)
    for code, (levels, agreement, interpolated) in KNOWN_VALUES.items():
        assert results[code][0] == levels
        assert results[code][1].agreement == agreement
        if interpolated is not None:
            assert statistics.interpolated_median(levels) == interpolated
    assert results["huit_hauts"][1].distribution.does_not_know == 1
    assert results["six_deux_camps"][1].distribution.does_not_know == 2


def test_the_same_file_again_doubles_nothing(capsys):
    meeting = meeting_asking(KNOWN_VALUES)
    for _ in range(2):
        call_command("import_ratings", KNOWN, meeting=meeting.reference)
    assert "Rien à changer (10 déjà à jour)." in capsys.readouterr().out
    assert Seat.objects.count() == 10
    assert Rating.objects.count() == 89
    assert count_differences(meeting) == {}
    assert MeetingLog.objects.filter(action="Feuilles importées").count() == 1


def test_a_file_one_cell_away_refuses_the_whole_second_import(tmp_path):
    meeting = meeting_asking(KNOWN_VALUES)
    call_command("import_ratings", KNOWN, meeting=meeting.reference)
    other = tmp_path / "autre.csv"
    other.write_text(
        KNOWN.read_text(encoding="utf-8").replace("\n3;;1;", "\n3;;2;") + "11;;" + "1;" * 8 + "1\n",
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match="Ligne 4: la feuille 3 est déjà saisie autrement"):
        call_command("import_ratings", other, meeting=meeting.reference)
    assert (Seat.objects.count(), Rating.objects.count()) == (10, 89)


def test_two_columns_cannot_answer_the_same_question(tmp_path):
    meeting = meeting_asking(["q1"])
    (tmp_path / "f.csv").write_text("A;B\n1;2\n")
    (tmp_path / "m.toml").write_text('feuille = "rang"\n[questions]\nA = "q1"\nB = "Q1"\n')
    with pytest.raises(CommandError, match="deux colonnes répondent à la question"):
        call_command(
            "import_ratings",
            tmp_path / "f.csv",
            meeting=meeting.reference,
            mapping=tmp_path / "m.toml",
        )


@pytest.mark.parametrize(
    "text",
    ["questions = 3", "autre = 1", "[questions]", "reponses = 1\n[questions]\nA = 'q1'", "a = ["],
)
def test_a_mapping_that_is_not_one_is_refused_in_words(tmp_path, text):
    meeting = meeting_asking(["q1"])
    (tmp_path / "f.csv").write_text("A\n1\n")
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(CommandError, match="Correspondance"):
        call_command(
            "import_ratings",
            tmp_path / "f.csv",
            meeting=meeting.reference,
            mapping=tmp_path / "m.toml",
        )


if HAS_SAMPLE_DATA:
    NOTATIONS = SAMPLE_DATA_DIR / "notations"
    BAROMETER = NOTATIONS / "barometre_velo_2025_brest.csv"
    PUBLISHED = [
        row
        for row in read_rows(NOTATIONS / "exemples_publies_accord.csv")
        if row["mesure"] == "accord_A" and "." not in row["frequences"]
    ]

    def test_a_real_small_group_keeps_its_missing_answer():
        meeting = meeting_asking(["coh01", "coh02", "coh03", "coh04", "coh05"])
        file = NOTATIONS / "multilevel_cohesion_11.csv"
        call_command(
            "import_ratings", file, meeting=meeting.reference, mapping="multilevel_cohesion"
        )
        results = results_of(meeting)
        assert results["coh01"][0] == (1, 2, 6, 2, 0)
        assert results["coh02"][0] == (2, 1, 4, 2, 1)
        assert results["coh02"][1].distribution.respondents == 10
        assert Rating.objects.count() == 54

    @pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["frequences"])
    def test_published_frequencies_brought_in_as_sheets(row, tmp_path):
        frequencies = [int(count) for count in row["frequences"].split()]
        answers = [level for level, count in enumerate(frequencies, 1) for _ in range(count)]
        meeting = meeting_asking(["q1"], levels=[f"Niveau {n}" for n in range(len(frequencies))])
        file = tmp_path / "feuilles.csv"
        file.write_text("feuille;q1\n" + "".join(f"{n};{a}\n" for n, a in enumerate(answers, 1)))
        call_command("import_ratings", file, meeting=meeting.reference)
        levels, result = results_of(meeting)["q1"]
        assert list(levels) == frequencies
        assert f"{float(result.agreement):.10g}" == row["valeur_agrmt_1.42.12"]

    def test_a_real_survey_through_the_form_gives_back_its_own_means(client):
        """Bohars, 44 answers; q7 has five levels, the others six. `fub_ressenti` is the mean of
        q8 to q13 of one answer, 0 standing for an answer without any.
        """
        meeting = meeting_asking(["q7"])
        six = ScaleFactory(levels=[f"Niveau {n}" for n in range(1, 7)])
        dimension = meeting.instrument.instrument_dimensions.first()
        for number in range(8, 34):
            ItemFactory(instrument_dimension=dimension, code=f"q{number}", scale=six)
        lead = MembershipFactory(appraisal=meeting.appraisal).user
        client.force_login(lead)
        url = reverse("space:ratings_import", args=[meeting.reference])
        mapping = (SHIPPED_MAPPINGS / "barometre_velo_2025_brest.toml").read_bytes()
        page = client.post(
            url,
            {
                "file": SimpleUploadedFile("barometre.csv", BAROMETER.read_bytes()),
                "mapping": SimpleUploadedFile("barometre.toml", mapping),
                "round_number": "1",
            },
        )
        assert page.status_code == 200
        client.post(url, {"confirmer": page.context["preview"]["carried"]})
        kept = tomllib.loads(mapping.decode())["garder"]["commune_code"]
        with BAROMETER.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["commune_code"] == kept]
        felt = {}
        ratings = Rating.objects.filter(item__code__in=[f"q{n}" for n in range(8, 14)])
        for number, answer in ratings.values_list("seat__sheet_number", "answer"):
            felt.setdefault(number, []).append(answer)
        means = [sum(felt[n]) / 6 if n in felt else 0 for n in range(1, len(rows) + 1)]
        assert means == pytest.approx([float(row["fub_ressenti"]) for row in rows], abs=1e-4)
        answered = [row for row in rows if row["q8"]]
        assert len(rows) == 44
        assert Seat.objects.count() == len(answered) == len(felt)
        assert count_differences(meeting) == {}
