from __future__ import annotations

import pytest

from gapkit.intake.people.no_person import looks_like_no_person

TEAMS = ("Web Squad", "Brand & Content")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("team", ["Web Squad", "web squad", "Brand Content", "Design Team", "Marketingteam", "Rechtsabteilung", "IT",
                  "Dept. 4", "Marketing Ops", "Équipe Web", "Equipo creativo", "social-media@acme.com", "Produktgruppe",
                  "Sales & Legal"]),
        ("committee", ["Brand Board", "Steering Committee", "Lenkungsausschuss", "Comité de pilotage", "City Council",
                       "Consejo de marca", "Beirat", "SteerCo"]),
        ("external", ["Blue Agency", "Werbeagentur Blau", "Blau GmbH", "Blue Ltd.", "Blue, Inc.", "Azul S.L.", "Bleu SARL",
                      "Agence Bleue", "Freelancer", "Anna Müller (extern)", "Blau & Söhne AG", "Blue A/S"]),
        ("left", ["Former user", "Deleted User", "Deactivated User", "Gelöschter Benutzer", "Anna Müller [X]", "-", "n/a",
                  "Anna Müller (Inactive)", "[Inactive] Anna Müller", "[deleted account]", "Utilisateur supprimé", "TBD",
                  "Unassigned", "Nicht zugewiesen", "Ghost User"]),
        ("", ["Anna Müller", "Müller, Anna", "a.mueller@acme.com", "amueller", "Chris Gruber", "Teamara Jones", "李娜",
              "Agnes Boardman", "Member 1", "Jean-Luc Picard", "Sales Martinez", "Marc Ag"]),
    ],
)  # fmt: skip
def test_names_are_told_from_teams_committees_firms_and_the_departed(kind: str, names: list[str]) -> None:
    """In the usual languages, by whole words, and never a person by part of a surname."""
    assert dict.fromkeys(names, kind) == {name: looks_like_no_person(name, TEAMS) for name in names}


def test_a_team_is_one_by_the_data() -> None:
    """A name no word gives away is a team where a program has that team."""
    assert ("", "team") == (looks_like_no_person("Phoenix", ()), looks_like_no_person("Phoenix", ["phoenix "]))
