"""The paragraphs a synthesis starts with, worked out from its figures until somebody writes hers.

They count démarches and name dimensions; no mean, no order of communities, limits said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from appreciation.domain.synthesis.leads import LEAD
from appreciation.domain.synthesis.nouns import Cell, Recurrence, SynthesisRead
from appreciation.domain.wording import CLEAR, MANY, OPPOSED, SHARED
from appreciation.enums import FindingKind
from core.disclosure import DisclosedDistribution
from core.typography import join_words

MOST_NAMED = 12
MOST_THEMES = 5
RECURS_FROM = 2
PLURAL_FROM = 2
"""In French, nought is singular."""


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < PLURAL_FROM else many}"


def introduction(read: SynthesisRead) -> str:
    if not read.sources:
        return "Aucune démarche n’est encore retenue."
    shown = [each for each in read.sources if not each.is_anonymous]
    all_of_them = counted(len(read.sources), "démarche d’appréciation", "démarches d’appréciation")
    verb = "est lue" if len(read.sources) == 1 else "sont lues ensemble"
    sentences = [f"{all_of_them} {verb} pour la rencontre régionale de {read.year}."]
    if 0 < len(shown) <= MOST_NAMED:
        sentences.append(f"On y lit: {join_words([each.name for each in shown])}.")
    if historical := sum(each.is_historical for each in shown):
        told = counted(historical, "démarche historique", "démarches historiques")
        sentences.append(
            f"{told}: leurs constats comptent, aucun chiffre n’en est tiré."
            if historical > 1
            else f"{told}: ses constats comptent, aucun chiffre n’en est tiré."
        )
    if unnamed := len(read.sources) - len(shown):
        sentences.append(
            f"{counted(unnamed, 'démarche est comptée', 'démarches sont comptées')} sans être "
            f"{'nommée' if unnamed == 1 else 'nommées'}."
        )
    return " ".join(sentences)


def participation(read: SynthesisRead) -> str:
    coverage = read.coverage
    places = sum(each.appraised for each in coverage.territories)
    reached = sum(1 for each in coverage.territories if each.appraised)
    if not places:
        return "Aucune communauté n’est nommée."
    sentences = [
        f"{counted(places, 'communauté nommée', 'communautés nommées')}, dans "
        f"{reached} des {counted(len(coverage.territories), 'territoire', 'territoires')} de la "
        "région."
    ]
    if coverage.people_known_for:
        sentences.append(
            f"{coverage.people} personnes y étaient, d’après "
            f"{counted(coverage.people_known_for, 'démarche', 'démarches')} dont le nombre de "
            "personnes peut se dire."
        )
    if coverage.media:
        media = [
            f"{label} ({counted(times, 'démarche', 'démarches')})"
            for label, times in coverage.media
        ]
        sentences.append(f"On y a répondu par: {join_words(media)}.")
    if coverage.check_ins_due:
        sentences.append(
            f"Suivis: {coverage.check_ins_answered} avec réponse sur {coverage.check_ins_due} "
            "arrivés à leur date."
        )
    return " ".join(sentences)


def method(read: SynthesisRead) -> str:
    instruments = Counter(
        (each.instrument, each.instrument_version) for each in read.sources if each.instrument
    )
    named = [
        f"« {name} », version {version} ({counted(times, 'démarche', 'démarches')})"
        for (name, version), times in sorted(instruments.items())
    ]
    paragraphs = [f"Instruments: {join_words(named)}."] if named else []
    lengths = [
        f"{each.scale_length} niveaux ({counted(len(each.sources), 'démarche', 'démarches')})"
        for each in read.matrices
    ]
    if len(lengths) > 1:
        paragraphs.append(
            f"Échelles: {join_words(lengths)}. Seules les échelles de même longueur sont lues "
            "ensemble; chacune a son tableau."
        )
    if any(not each.is_worded_alike for each in read.matrices):
        paragraphs.append(
            "Les mots des niveaux ne sont pas partout les mêmes: lisez chaque démarche avec "
            "les siens."
        )
    paragraphs.append(
        "Chaque case vient de la dernière soirée d’une démarche, telle que son rapport publié la "
        "donne. Rien n’est additionné d’une communauté à l’autre: ni moyenne, ni palmarès."
    )
    return "\n\n".join(paragraphs)


def results(read: SynthesisRead) -> str:
    paragraphs = []
    for matrix in read.matrices:
        told = []
        rows = {
            row.name: [cell for cell in row.cells if cell.agreement_words] for row in matrix.rows
        }
        clear = [name for name, cells in rows.items() if _all_clear(cells)]
        if clear:
            told.append(
                f"Partout où la question se lit, l’accord est net sur: {join_words(clear)}."
            )
        apart = [
            f"{name} ({counted(times, 'démarche', 'démarches')})"
            for name, cells in rows.items()
            if (times := sum(cell.agreement_words in (SHARED, OPPOSED) for cell in cells))
        ]
        if apart:
            told.append(f"Les avis sont partagés ou opposés sur: {join_words(apart)}.")
        unknown = [
            row.name for row in matrix.rows if any(_many_unknown(cell) for cell in row.cells)
        ]
        if unknown:
            told.append(
                f"Plus d’une réponse sur trois est « je ne sais pas », dans une démarche au moins, "
                f"sur: {join_words(unknown)}."
            )
        if told:
            start = f"Échelle de {matrix.scale_length} niveaux. " if len(read.matrices) > 1 else ""
            paragraphs.append(start + " ".join(told))
    return "\n\n".join(paragraphs) or "Aucun accord ne se lit d’une démarche à l’autre."


def recurring(read: SynthesisRead) -> str:
    if not read.recurrences:
        return "Aucun constat n’est encore rangé sous un thème."
    sentences = []
    for kind, title in (
        (FindingKind.STRENGTH, "Les forces"),
        (FindingKind.CHALLENGE, "Les défis"),
        (FindingKind.ACTION_LEAD, "Les pistes d’action"),
    ):
        shared = [each for each in read.recurring(kind) if len(each.sources) >= RECURS_FROM]
        if shared:
            named = [_theme(each) for each in shared[:MOST_THEMES]]
            sentences.append(f"{title} qui reviennent: {join_words(named)}.")
    if not sentences:
        return "Les constats rangés ne reviennent pas encore d’une démarche à l’autre."
    sentences.append(
        "Ce sont des personnes qui ont rangé les constats, d’après un cahier de thèmes."
    )
    return " ".join(sentences)


def leads(read: SynthesisRead) -> str:
    actions = [each for each in read.leads if each.state not in ("", LEAD)]
    ideas = sum(each.state == LEAD for each in read.leads)
    sentences = []
    if actions:
        states = Counter(each.state for each in actions)
        told = [f"{state} ({times})" for state, times in states.items()]
        sentences.append(
            f"{counted(len(actions), 'action choisie', 'actions choisies')}: {join_words(told)}."
        )
    if ideas:
        sentences.append(
            f"{counted(ideas, 'piste attend', 'pistes attendent')} que quelqu’un la porte."
            if ideas == 1
            else f"{ideas} pistes attendent que quelqu’un les porte."
        )
    return " ".join(sentences) or "Aucune piste d’action n’est publiée."


def practices(read: SynthesisRead) -> str:
    if not read.practices:
        return "Aucune fiche du catalogue ne touche encore les défis qui reviennent."
    found = counted(
        len(read.practices), "fiche du catalogue touche", "fiches du catalogue touchent"
    )
    return f"{found} les défis rangés. C’est une invitation à s’appeler, pas une consigne."


def evaluation(read: SynthesisRead) -> str:
    asked = {each.source for each in read.exits}
    readable = {
        each.source for each in read.exits if isinstance(each.distribution, DisclosedDistribution)
    }
    sentences = []
    if asked:
        sentences.append(
            "Les questions de sortie se lisent dans "
            f"{counted(len(readable), 'démarche', 'démarches')} sur {len(asked)}: ailleurs, moins "
            f"de {read.outside_k} personnes y ont répondu."
            if len(readable) < len(asked)
            else "Les questions de sortie se lisent dans "
            f"{counted(len(asked), 'démarche', 'démarches')}."
        )
    if lessons := sum(bool(each.lessons) for each in read.stories):
        sentences.append(
            f"{counted(lessons, 'équipe dit', 'équipes disent')} ce qu’elle"
            f"{'' if lessons == 1 else 's'} referai{'t' if lessons == 1 else 'ent'} autrement."
        )
    return " ".join(sentences) or "Aucune réponse aux questions de sortie ne se lit."


def limits(read: SynthesisRead) -> str:
    sentences = [
        "Ces lectures disent ce que des personnes présentes ont vu, un soir. Elles ne mesurent pas "
        "les communautés et ne les classent pas.",
        f"Une répartition n’est montrée que si au moins {read.outside_k} personnes ont répondu à "
        "chaque énoncé de la dimension; sous 8, une voix de plus peut changer les mots de "
        "l’accord.",
        "Les démarches retenues ne représentent pas la région: elles sont celles que leurs comités "
        "ont publiées.",
    ]
    if any(each.is_historical for each in read.sources):
        sentences.append("Les démarches historiques n’ont pas d’échelle: on n’y lit que des mots.")
    return " ".join(sentences)


SECTIONS: tuple[tuple[str, str, Callable[[SynthesisRead], str]], ...] = (
    ("introduction", "En bref", introduction),
    ("participation", "Qui a pris part", participation),
    ("method", "Comment c’est lu", method),
    ("results", "Ce que les tableaux montrent", results),
    ("recurring", "Ce qui revient", recurring),
    ("leads", "Les pistes, et leurs suites", leads),
    ("practices", "Ce que d’autres ont fait", practices),
    ("evaluation", "Les démarches elles-mêmes", evaluation),
    ("limits", "Ce que cette synthèse ne dit pas", limits),
)
"""Key, title and first text of each paragraph, in the order of the synthesis."""

SECTION_TITLES = {key: title for key, title, _ in SECTIONS}


def _all_clear(cells: list[Cell]) -> bool:
    return len(cells) >= RECURS_FROM and all(cell.agreement_words == CLEAR for cell in cells)


def _many_unknown(cell: Cell) -> bool:
    return cell.does_not_know_share is not None and cell.does_not_know_share > MANY


def _theme(theme: Recurrence) -> str:
    return f"{theme.label} ({counted(len(theme.sources), 'démarche', 'démarches')})"
