import pytest

from appreciation.domain.screening import Detail, find_personal_details

KNOWN = ("Rivière-Exemple", "La Tuque", "Comité de développement social")


def found(text):
    return [(each.detail, each.excerpt) for each in find_personal_details(text, known=KNOWN)]


@pytest.mark.parametrize(
    ("text", "detail", "excerpt"),
    [
        ("Écrivez à a.b@exemple.org.", Detail.EMAIL, "a.b@exemple.org"),
        ("Au 819 555-0142 le soir", Detail.PHONE, "819 555-0142"),
        ("(819) 555-0142", Detail.PHONE, "(819) 555-0142"),
        ("1-819-555-0142", Detail.PHONE, "1-819-555-0142"),
        ("au 555-0142", Detail.PHONE, "555-0142"),
        ("8195550142", Detail.PHONE, "8195550142"),
        ("au 12, rue Principale", Detail.STREET, "12, rue Principale"),
        ("chez M. Tremblay", Detail.NAME, "M. Tremblay"),
        ("Mme Bouchard-Roy l’a dit", Detail.NAME, "Mme Bouchard-Roy"),
        ("avec Jeanne Tremblay", Detail.NAME, "Jeanne Tremblay"),
        ("Jeanne Tremblay nous aide.", Detail.NAME, "Jeanne Tremblay"),
        ("grâce à Marie-Ève L’Écuyer", Detail.NAME, "Marie-Ève L’Écuyer"),
        ("chez Mme L'Heureux", Detail.NAME, "Mme L'Heureux"),
    ],
)
def test_what_may_tell_who(text, detail, excerpt):
    assert (detail, excerpt) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On s’entraide beaucoup.",
        "Le Comité de développement social s’en occupe.",
        "À Rivière-Exemple, on jase.",
        "Rendez-vous à 18 h 30 le 22 octobre 2026.",
        "Nous étions 24 sur 1 200 personnes.",
        "Les Jeunes veulent rester.",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert found(text) == []


def test_each_detail_is_told_once():
    assert len(found("819 555-0142, je répète: 819 555-0142")) == 1
