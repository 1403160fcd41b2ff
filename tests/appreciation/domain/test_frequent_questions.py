import pytest

from appreciation.domain.frequent_questions import make_frequent_question
from appreciation.domain.help import open_help_request
from appreciation.domain.queries.help import frequent_questions_of
from appreciation.models import FrequentQuestion
from core.errors import DomainError
from tests.factories import UserFactory


@pytest.fixture
def asked(appraisal, lead):
    return open_help_request(asker=lead, appraisal=appraisal, text="Qui inviter?")


def make(asked, **changes):
    values = {"question": "Qui inviter?", "answer": "Tous les secteurs.", "is_published": True}
    user = UserFactory(is_superuser=True)
    return make_frequent_question(request=asked, user=user, **(values | changes))


def test_made_again_it_is_changed_not_doubled(asked):
    make(asked)
    make(asked, answer="Autant de secteurs que possible.", is_published=False)
    one = FrequentQuestion.objects.get()
    assert (one.answer, one.is_published) == ("Autant de secteurs que possible.", False)


def test_it_names_nobody(asked, appraisal):
    for words, told in (
        ("Demandez à Élise Meneuse", "Élise Meneuse"),
        (f"À {appraisal.place.name}, tous", appraisal.place.name),
        (f"Voir {appraisal.reference}", appraisal.reference),
        ("Écrivez à luce@exemple.org", "courriel"),
        ("Appelez le 819 555-0101", "téléphone"),
    ):
        with pytest.raises(DomainError) as refusal:
            make(asked, answer=words)
        assert told in refusal.value.fields["answer"]
    assert not FrequentQuestion.objects.exists()


def test_only_who_may_answer_writes_it(asked, lead):
    with pytest.raises(DomainError, match="La coordination rédige"):
        make_frequent_question(
            request=asked, user=lead, question="Q", answer="R", is_published=True
        )


def test_once_the_request_is_gone_the_question_stays(asked):
    make(asked)
    asked.delete()
    assert FrequentQuestion.objects.get().made_from is None


def test_it_is_read_at_the_page_of_its_phase_until_an_editor_says_another(lead, appraisal):
    asked = open_help_request(asker=lead, appraisal=appraisal, phase="convening", text="Qui?")
    made = make(asked)
    assert [one.pk for one in frequent_questions_of("convening")] == [made.pk]
    FrequentQuestion.objects.update(phase="framing")
    make(asked, answer="Tout le monde.")
    assert frequent_questions_of("convening") == []
    assert [one.answer for one in frequent_questions_of("framing")] == ["Tout le monde."]
