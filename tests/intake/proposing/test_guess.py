from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.proposing.guess import guess_status, guess_type
from gapkit.vocabulary import PROGRAM_TYPES, STAGE_KINDS, STATUSES

# Languages in order: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish.
SAME = {
    ("not_started", ""): [
        "To Do", "Zu erledigen", "À faire", "Por hacer", "A fazer", "Da fare", "Te doen", "Do zrobienia", "Backlog",
        "Offen",
        "Not started", "Nicht begonnen", "Nuevo", "Selected for Development", "Opened",
    ],
    ("in_progress", "work"): [
        "In Progress", "In Bearbeitung", "En cours", "En curso", "Em andamento", "In corso", "In uitvoering",
        "W toku", "WIP",
        "Working on it",
    ],
    ("in_progress", "approval"): [
        "In Review", "Zur Freigabe", "À valider", "Por aprobar", "Aprovação", "In approvazione", "Ter goedkeuring",
        "Do akceptacji", "Legal", "Sign-off", "Kundenfreigabe", "Waiting for approval", "Ready for review",
        "Rechtsabteilung",
    ],
    ("in_progress", "external"): [
        "With agency", "Beim Kunden", "Chez le client", "Proveedor", "Fornecedor", "Agenzia", "Leverancier",
        "U klienta",
        "Waiting for client",
    ],
    ("in_progress", "rework"): [
        "Changes requested", "In Überarbeitung", "À corriger", "Correcciones", "Em ajuste", "Da correggere",
        "Aanpassen",
        "Do poprawy", "Reopened",
    ],
    ("paused", "wait"): [
        "On Hold", "Pausiert", "En attente", "En espera", "Aguardando", "In attesa", "Wacht op", "Oczekuje", "Waiting",
    ],
    ("blocked", "blocked"): [
        "Blocked", "Blockiert", "Bloqué", "Bloqueado", "Bloccato", "Geblokkeerd", "Zablokowane", "Stuck",
    ],
    ("delivered", ""): [
        "Done", "Erledigt", "Terminé", "Hecho", "Concluído", "Fatto", "Klaar", "Zrobione", "Live", "Published",
        "✔ DONE",
        "Done: week 36", "Erledigt KW36", "Done – März 2026", "Done (archived)",
    ],
    ("cancelled", ""): [
        "Cancelled", "Abgebrochen", "Annulé", "Descartado", "Cancelada", "Annullato", "Geannuleerd", "Anulowane",
        "Won't do", "Won’t Do", "Obsolete", "Duplicate", "Cancelled (archived)",
    ],
}  # fmt: skip
DOUBTFUL = {
    "TODO (archived)": "cancelled",
    "Approved": "in_progress",
    "Closed": "delivered",
    "Design done": "delivered",
    "Done (Won't Do)": "cancelled",
    "Blocked by legal": "blocked",
    "Review done": "in_progress",
    "New requests from sales": "not_started",
    "Scheduled": "in_progress",
}


@pytest.mark.parametrize(("meaning", "word"), [(meaning, word) for meaning, words in SAME.items() for word in words])
def test_words_of_eight_languages_are_known(meaning: tuple[str, str], word: str) -> None:
    """The usual words leave no doubt, whatever their case, accents and decoration."""
    guess = guess_status(word)

    assert (*meaning, True) == (guess.status, guess.kind, guess.is_sure)
    assert guess.stage == (word if meaning[1] else "")


@pytest.mark.parametrize("word", DOUBTFUL)
def test_doubt_comes_with_its_question(word: str) -> None:
    """Where a word allows two readings the likelier one is proposed, with the question that settles it."""
    guess = guess_status(word)

    assert (DOUBTFUL[word], False) == (guess.status, guess.is_sure)
    assert guess.why.endswith("?")


@pytest.mark.parametrize("word", ["Marzipan", "BUG", "", "???", "Not delivered", "unpublished", "Almost done", "進行中"])
def test_nothing_is_proposed_for_the_unknown(word: str) -> None:
    """An unknown word, and one that is turned round, is left for the consultant."""
    assert ("", "", "", "what does it mean?", False) == guess_status(word)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Newsletter", "email"), ("E-Mailing", "email"), ("Webinar", "event"), ("Messe", "event"), ("Trade shows", "event"),
        ("Blog post", "content"), ("Whitepaper", "content"), ("Vídeo", "content"), ("Landing page", "web"),
        ("SEM", "paid_media"), ("Paid Social", "paid_media"), ("Social media", "content"), ("Email campaign", "email"),
        ("Campaña", "campaign"), ("Product Launch", "launch"), ("Umfrage", "research"), ("Rebranding", "brand"),
        ("Reporting", "ops"),
    ],
)  # fmt: skip
def test_sorts_of_work_are_known(word: str, kind: str) -> None:
    """The narrower of two sorts is meant; plural and accents do not matter."""
    guess = guess_type(word)

    assert (kind, True) == (guess.type, guess.is_sure)


def test_unknown_sorts_of_work_are_other_and_asked() -> None:
    """A word that says nothing about the work stays proposed as other; one that says two things is asked."""
    assert ("other", "which sort of work is it?", False) == guess_type("Story")
    assert ("paid_media", "paid_media, or content?", False) == guess_type("Video ad")


@given(st.text(max_size=40) | st.lists(st.sampled_from([w for ws in SAME.values() for w in ws]), max_size=4).map(" ".join))
def test_a_guess_is_always_of_the_vocabulary(word: str) -> None:
    """Whatever the word, what is proposed can be written into engagement.yml, and doubt is never silent."""
    guess, kind = guess_status(word), guess_type(word)

    assert guess.status in (*STATUSES, "")
    assert guess.kind in (*STAGE_KINDS, "")
    assert kind.type in PROGRAM_TYPES
    assert all(each.is_sure or each.why.endswith("?") for each in (guess, kind))
    assert bool(guess.kind) == bool(guess.stage) or not word.strip()
