import pytest

from appreciation.domain.actors import SYSTEM, Actor
from appreciation.domain.counts import count_differences
from appreciation.domain.imports.ratings import column_codes, import_sheets, read_sheets
from appreciation.domain.imports.ratings_mapping import RatingsMapping, load_mapping
from appreciation.domain.paper import Sheet, enter_sheets
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import MeetingState
from appreciation.models import MeetingLog, Rating, Seat
from core.errors import DomainError
from core.imports import ImportRefusedError
from tests.factories import ItemFactory, MeetingFactory, SectorFactory
from tests.factories.real_ratings import meeting_asking
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR, read_rows

HEADERS = ["feuille", "secteur", "q1", "q2", "q3"]


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal, open=True)


@pytest.fixture
def questionnaire(meeting):
    return questionnaire_for(meeting.instrument)


def lines(*rows):
    return [(number, row) for number, row in enumerate(rows, start=2)]


def read(questionnaire, *rows, headers=HEADERS, mapping=None):
    return read_sheets(
        headers=headers, rows=lines(*rows), questionnaire=questionnaire, mapping=mapping
    )


def refusals(questionnaire, *rows, **options):
    with pytest.raises(ImportRefusedError) as refused:
        read(questionnaire, *rows, **options)
    return list(refused.value.problems)


def test_a_table_becomes_sheets_on_their_lines(questionnaire):
    ids = [item.id for item in questionnaire.items]
    found = read(
        questionnaire, ["1", "", "4", "NSP", ""], [""] * 5, ["12.0", "", "REFUS", "2", "1"]
    )
    assert found.sheets == (
        Sheet(1, {ids[0]: 4, ids[1]: -1, ids[2]: None}),
        Sheet(12, {ids[0]: -2, ids[1]: 2, ids[2]: 1}),
    )
    assert found.lines == {1: 2, 12: 4}


def test_columns_left_out_are_left_alone(questionnaire):
    found = read(questionnaire, ["1", "3"], headers=["feuille", "q2"])
    assert found.sheets[0].answers == {questionnaire.items[1].id: 3}


def test_every_bad_line_is_told_with_its_number(questionnaire):
    assert refusals(
        questionnaire,
        ["1", "", "9", "1", "1"],
        ["abc", "", "1", "1", "1"],
        ["2", "pêche", "1", "1", "1"],
        ["3", "", "1", "1", "1"],
        ["3", "", "1", "1", "2,5"],
    ) == [
        "Ligne 2, colonne q1: « 9 » n’est pas un niveau. Écrivez un nombre de 1 à 4, "
        "N (ne sait pas), P (passe), ou laissez vide.",
        "Ligne 3: le numéro de feuille « abc » n’est pas un nombre de 1 à 99999.",
        "Ligne 4: le secteur « pêche » est inconnu.",
        "Ligne 6: la feuille 3 est déjà à la ligne 5.",
        "Ligne 6, colonne q3: « 2,5 » n’est pas un niveau. Écrivez un nombre de 1 à 4, "
        "N (ne sait pas), P (passe), ou laissez vide.",
    ]


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (["secteur", "q1"], "Ligne 1: il manque la colonne « feuille »."),
        (["feuille", "secteur"], "Ligne 1: aucune colonne de question."),
        (["feuille", "q1", "q1"], "Ligne 1: la colonne « q1 » est là deux fois."),
        (["feuille", "prénom"], "Ligne 1: la colonne « prénom » n’est pas une question"),
    ],
)
def test_wrong_columns_are_named(questionnaire, headers, message):
    (line,) = refusals(questionnaire, ["1", "2", "3"], headers=headers)
    assert line.startswith(message)


def test_a_table_without_sheets_is_refused(questionnaire):
    assert refusals(questionnaire, ["", "", ""]) == [
        "Le fichier n’a aucune feuille sous ses titres de colonnes."
    ]


def test_a_sector_is_known_by_its_name_or_code(questionnaire):
    sector = SectorFactory(code="sante", name="Santé")
    found = read(questionnaire, ["1", "santé", "1"], ["2", "sante", "1"])
    assert [sheet.sector_id for sheet in found.sheets] == [sector.pk, sector.pk]


def test_a_code_shared_by_two_dimensions_takes_its_dimension_before_it(meeting):
    dimensions = list(meeting.instrument.instrument_dimensions.all())
    for dimension in dimensions[:2]:
        ItemFactory(instrument_dimension=dimension, code="commun")
    columns = column_codes(questionnaire_for(meeting.instrument))
    assert [name for name in columns if "commun" in name] == [
        f"{dimensions[0].dimension.code}.commun",
        f"{dimensions[1].dimension.code}.commun",
    ]


def test_importing_keeps_where_it_came_from_and_freezes_the_instrument(meeting, questionnaire):
    found = read(questionnaire, ["1", "", "4", "NSP", ""], ["2", "", "1", "1", "REFUS"])
    outcome = import_sheets(
        meeting=meeting, actor=SYSTEM, read=found, provenance="feuilles.csv, sha256 ab12"
    )
    assert outcome.entered == (1, 2)
    assert Rating.objects.count() == 5
    assert count_differences(meeting) == {}
    log = MeetingLog.objects.get(action="Feuilles importées")
    assert (log.detail, log.by_label) == ("2, feuilles.csv, sha256 ab12", "système")
    meeting.instrument.refresh_from_db()
    assert meeting.instrument.is_frozen


def test_importing_twice_changes_nothing(meeting, questionnaire):
    found = read(questionnaire, ["1", "", "4", "NSP", ""])
    import_sheets(meeting=meeting, actor=SYSTEM, read=found, provenance="a.csv")
    again = import_sheets(meeting=meeting, actor=SYSTEM, read=found, provenance="a.csv")
    assert not again.changes_something
    assert MeetingLog.objects.filter(action="Feuilles importées").count() == 1


def test_a_dry_run_keeps_nothing(meeting, questionnaire):
    found = read(questionnaire, ["1", "", "4", "NSP", ""])
    outcome = import_sheets(
        meeting=meeting, actor=SYSTEM, read=found, provenance="a.csv", dry_run=True
    )
    assert outcome.entered == (1,)
    assert Seat.objects.count() == 0
    assert MeetingLog.objects.count() == 0
    meeting.instrument.refresh_from_db()
    assert not meeting.instrument.is_frozen


def test_a_sheet_entered_otherwise_refuses_the_whole_file(meeting, questionnaire, lead):
    ids = [item.id for item in questionnaire.items]
    enter_sheets(
        meeting=meeting, actor=Actor(user=lead), sheets=[Sheet(2, {ids[0]: 3, ids[1]: -1})]
    )
    found = read(questionnaire, ["1", "", "4", "2", ""], ["2", "", "3", "", "1"])
    with pytest.raises(ImportRefusedError) as refused:
        import_sheets(meeting=meeting, actor=SYSTEM, read=found, provenance="a.csv")
    assert refused.value.problems == [
        "Ligne 3: la feuille 2 est déjà saisie autrement (q2: rien ici, NSP déjà saisi; "
        "q3: 1 ici, rien déjà saisi). Corrigez-la à l’écran de saisie, ou corrigez le fichier.",
    ]
    assert Seat.objects.count() == 1


@pytest.fixture
def finished(meeting):
    meeting.state = MeetingState.ENTRY_DONE
    meeting.closed_at = meeting.entry_done_at = meeting.opened_at
    meeting.save()
    return meeting


def test_a_finished_entry_refuses_the_import(finished, questionnaire):
    found = read(questionnaire, ["1", "", "4", "2", ""])
    with pytest.raises(DomainError, match="La saisie est terminée"):
        import_sheets(meeting=finished, actor=SYSTEM, read=found, provenance="a.csv")


def test_reopening_a_finished_entry_is_asked_for_and_logged(finished, questionnaire):
    found = read(questionnaire, ["1", "", "4", "2", ""])
    import_sheets(meeting=finished, actor=SYSTEM, read=found, provenance="a.csv", reopen=True)
    finished.refresh_from_db()
    assert finished.state == MeetingState.CLOSED
    assert MeetingLog.objects.filter(action="Saisie rouverte").count() == 1


def test_a_mapping_numbers_the_rows_keeps_some_and_translates_words(questionnaire):
    mapping = RatingsMapping(
        sheet="rang",
        questions={"A": "q1", "B": "q3"},
        answers={"9": "NSP"},
        kept_rows={"groupe": "x"},
    )
    found = read(
        questionnaire,
        ["x", "1", "9"],
        ["y", "7", "7"],
        ["x", "2", ""],
        headers=["groupe", "A", "B"],
        mapping=mapping,
    )
    ids = [item.id for item in questionnaire.items]
    assert found.sheets == (
        Sheet(1, {ids[0]: 1, ids[2]: -1}),
        Sheet(2, {ids[0]: 2, ids[2]: None}),
    )
    assert found.lines == {1: 2, 2: 4}


def zeros(missing=(), answers=None):
    return RatingsMapping(
        sheet="rang",
        questions={"A": "q1", "B": "q3"},
        missing=frozenset(missing),
        answers=answers or {},
    )


COLUMNS = ["A", "B"]


def test_a_zero_that_nobody_explains_refuses_the_file(questionnaire):
    lines = [["0", "1"], ["2", "0"], ["0,0", "0.0"]]
    assert refusals(questionnaire, *lines, headers=COLUMNS, mapping=zeros()) == [
        "Colonne q1: 0 à 2 lignes (2, 4), et 0 n’est pas un niveau. S’il veut dire « pas de "
        'réponse », écrivez manquants = ["0"] dans la correspondance; si vos niveaux commencent '
        "à 0, décalez-les sous [reponses].",
        "Colonne q3: 0 à 2 lignes (3, 4), et 0 n’est pas un niveau. S’il veut dire « pas de "
        'réponse », écrivez manquants = ["0"] dans la correspondance; si vos niveaux commencent '
        "à 0, décalez-les sous [reponses].",
    ]
    many = [[str(number), "", "0", "", ""] for number in range(1, 9)]
    assert refusals(questionnaire, *many) == [
        "Colonne q1: 0 à 8 lignes (2, 3, 4, 5, 6…), et 0 n’est pas un niveau. "
        "S’il veut dire « pas de réponse », laissez la case vide."
    ]


def test_a_zero_said_to_be_missing_is_no_answer_counted_and_told(questionnaire):
    ids = [item.id for item in questionnaire.items]
    lines = [["0", "1"], ["0", "0.0"], ["2", "99"], ["", ""], ["", "0"]]
    found = read(questionnaire, *lines, headers=COLUMNS, mapping=zeros(["0", "99"]))
    assert found.sheets == (
        Sheet(1, {ids[0]: None, ids[2]: 1}),
        Sheet(3, {ids[0]: 2, ids[2]: None}),
    )
    assert found.missing == (
        "« 0 » veut dire « pas de réponse »: 4 cases.",
        "« 99 » veut dire « pas de réponse »: 1 case.",
        "2 lignes sans aucune réponse, laissées de côté: ce ne sont pas des 0.",
    )


def test_levels_that_begin_at_zero_are_shifted_on_purpose(questionnaire):
    ids = [item.id for item in questionnaire.items]
    shifted = zeros(answers={"0": "1", "1": "2", "2": "3", "3": "4"})
    found = read(questionnaire, ["0", "3"], headers=COLUMNS, mapping=shifted)
    assert found.sheets == (Sheet(1, {ids[0]: 1, ids[2]: 4}),)
    assert found.missing == ()


def test_a_file_where_everything_is_missing_is_refused_in_words(questionnaire):
    assert refusals(
        questionnaire, ["0", "0"], ["0", ""], headers=COLUMNS, mapping=zeros(["0"])
    ) == ["Aucune réponse à importer: 2 lignes sans aucune réponse. Une case vide n’est pas un 0."]


def test_a_level_cannot_be_said_to_be_missing(questionnaire):
    said = refusals(questionnaire, ["1", "1"], headers=COLUMNS, mapping=zeros(["4"]))
    assert said[0] == (
        "Correspondance: « 4 » ne peut pas vouloir dire « pas de réponse »: "
        "c’est un niveau de la question « q1 »."
    )


def test_what_was_read_as_nothing_stays_in_the_journal(meeting, questionnaire):
    found = read(questionnaire, ["0", "1"], headers=COLUMNS, mapping=zeros(["0"]))
    import_sheets(meeting=meeting, actor=SYSTEM, read=found, provenance="a.csv")
    log = MeetingLog.objects.get(action="Réponses manquantes")
    assert log.detail == "« 0 » veut dire « pas de réponse »: 1 case."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('manquants = "0"\n[questions]\nA = "q1"', "les clés sont"),
        (None, "illisible"),
        ("feuille = [", "ne se lit pas"),
        ("couleur = 1\n[questions]\n", "les clés sont"),
        ('feuille = "rang"', "les clés sont"),
    ],
)
def test_a_bad_mapping_is_refused_in_words(tmp_path, content, message):
    path = tmp_path / "m.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(DomainError, match=message):
        load_mapping(path)


def test_shipped_mappings_are_known_by_name():
    assert load_mapping("multilevel_cohesion").questions["COH03"] == "coh03"
    assert load_mapping("multilevel_lq2002_leadership").kept_rows == {"COMPID": "7"}


if HAS_SAMPLE_DATA:

    @pytest.mark.parametrize(
        ("name", "file", "people", "missing"),
        [
            ("multilevel_cohesion", "multilevel_cohesion_11.csv", 11, 1),
            ("multilevel_lq2002_leadership", "multilevel_lq2002_leadership.csv", 15, 0),
        ],
    )
    def test_real_ratings_come_in_through_the_sheets(name, file, people, missing):
        mapping = load_mapping(name)
        meeting = meeting_asking(mapping.questions.values())
        rows = read_rows(SAMPLE_DATA_DIR / "notations" / file)
        found = read(
            questionnaire_for(meeting.instrument),
            *[list(row.values()) for row in rows],
            headers=list(rows[0]),
            mapping=mapping,
        )
        outcome = import_sheets(meeting=meeting, actor=SYSTEM, read=found, provenance=file)
        assert len(outcome.entered) == people
        assert Rating.objects.count() == people * len(mapping.questions) - missing
        assert count_differences(meeting) == {}
