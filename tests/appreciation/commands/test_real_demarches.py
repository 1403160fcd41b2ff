"""Real ratings, nobody's invention, loaded as démarches by the importers, read across, synthesised.

Eight municipalities of the Baromètre vélo 2025 (FUB, ODbL), 49 companies of lq2002 and four
platoons (R's multilevel, GPL): see SOURCES.md of the sample data. Collected when it is there;
a typed file goes the same way in `test_ratings_to_synthesis.py`, always.
"""

from collections import Counter, defaultdict

import pytest
from django.core.management import CommandError

from appreciation.domain.counts import meetings_at_odds
from appreciation.domain.imports.ratings_mapping import SHIPPED_MAPPINGS
from appreciation.domain.statistics import agreement, interpolated_median, median_low
from appreciation.domain.synthesis.comparability import ALL_HIDDEN
from appreciation.domain.synthesis.counting import Source, distributions
from appreciation.domain.synthesis.freezing import what_changed
from appreciation.models import Meeting, MeetingLog, Seat
from core.disclosure import TOO_FEW
from tests.factories.real_demarches import (
    BAROMETER,
    COMPANIES,
    FILES,
    NOTATIONS,
    PLATOONS,
    QUESTIONS,
    counted,
    groups_of,
    load,
    load_everything,
)
from tests.factories.starter_site import ensure_site_pages
from tests.factories.synthesis_sources import coordinator_of, make_region, territory_of
from tests.factories.whole_way import (
    adopt_and_publish,
    put_through_the_workshop,
    sheets_of,
    tables_of,
)
from tests.sample_data import HAS_SAMPLE_DATA, read_rows

FEWEST = 5
"""Below it, a distribution stays in the room."""


if HAS_SAMPLE_DATA:
    REFERENCE = read_rows(NOTATIONS / "reference_lq2002_extrait.csv")

    @pytest.fixture(scope="module")
    def whole(kept_for_the_module):
        """The region that the synthesis is of."""
        return make_region("Mékinac")

    @pytest.fixture(scope="module")
    def region(whole, tmp_path_factory):
        """`{(file, group): meeting}`, and what the command said of each."""
        folder = tmp_path_factory.mktemp("instruments")
        return load_everything(folder, territory_of(whole, "Mékinac"))

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

    @pytest.fixture(scope="module")
    def published(whole, region):
        """The 61, adopted, published, then put through the workshop to a published synthesis."""
        ensure_site_pages()
        user = coordinator_of(whole)
        for meeting in region[0].values():
            adopt_and_publish(meeting, user)
        return put_through_the_workshop(whole, user)

    @pytest.mark.once
    def test_what_is_not_alike_is_said_before_it_is_chosen(region, published):
        _, edition, offered = published
        assert len(offered) == 61
        assert all(each.can_be_chosen for each in offered.values())
        said = defaultdict(set)
        for (name, _), meeting in region[0].items():
            said[name].add(offered[meeting.appraisal.place.name].reasons)
        other = "Autre instrument (« {} »): les mêmes dimensions, d’autres énoncés."
        longer = "Échelle de 6 niveaux: elle est lue à part de celles de 5 niveaux."
        assert said == {
            COMPANIES: {()},
            BAROMETER: {(other.format("velo"), longer)},
            PLATOONS: {(other.format("pelotons"), ALL_HIDDEN)},
        }
        assert what_changed(edition=edition).is_empty

    @pytest.mark.once
    def test_the_published_synthesis_says_what_was_computed_elsewhere(region, published, client):
        """Workbook and page: the file's own frequencies; lower median and A as R gives them."""
        synthesis, *_ = published
        book, tables = sheets_of(client, synthesis), tables_of(client, synthesis)
        known = {(row["groupe"], row["item"].lower()): row for row in REFERENCE}
        seen = Counter()
        for (name, group), meeting in region[0].items():
            rows, place = groups_of(name)[group], meeting.appraisal.place.name
            for question in QUESTIONS[name]:
                scale = 6 if name == BAROMETER and question != "q7" else 5
                line = book[scale][place, question.lower()]
                on_page = tables[scale][place, question.lower()]
                levels = counted(rows, question, scale)
                if sum(levels) < FEWEST:
                    assert (line["ont répondu"], line["accord A"]) == (None, None)
                    assert line["médiane en mots"] == on_page["médiane en mots"] == TOO_FEW
                    seen["hidden"] += 1
                    continue
                answers = sorted(int(row[question]) for row in rows if row[question])
                lower = answers[(len(answers) - 1) // 2]
                told = tuple(line[f"niveau {level}"] for level in range(1, scale + 1))
                assert (told, line["médiane basse"]) == (levels, lower)
                assert tuple(int(on_page[f"niveau {n}"]) for n in range(1, scale + 1)) == levels
                assert line["accord A"] == pytest.approx(float(agreement(levels)), abs=1e-12)
                if row := known.get((group[0], question.lower())):
                    assert " ".join(map(str, told)) == row["frequences"]
                    assert line["médiane basse"] == int(row["mediane_type1"])
                    assert f"{line['accord A']:.10g}" == row["accord_A"]
                    assert f"{line['médiane interpolée']:.10g}" == row["mediane_interpolee"]
                    seen["reference"] += 1
                seen["shown"] += 1
        assert seen == {"shown": 8 * 27 + 49 * 14, "reference": 66, "hidden": 4 * 5}
