from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.people.spellings import Proposal, Spelling, named_address, propose_same

GIVEN = st.sampled_from(["Anna", "Anne", "Bob", "Björn", "Ann", "Örjan"])
FAMILY = st.sampled_from(["Müller", "Mueller", "Ross", "van der Berg", "O'Brien", "Ruß"])


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A person's name in one of the ways in which trackers write it."""
    given_name, family = draw(GIVEN), draw(FAMILY)
    full, mail = f"{given_name} {family}", f"{given_name}.{family.replace(' ', '')}@acme.com".lower()
    return draw(
        st.sampled_from([
            full, full.upper(), f"{family}, {given_name}", mail, f"{full} <{mail}>", f"{given_name[0]}. {family}",
            f"{given_name[0]}{family}".lower().replace(" ", ""), given_name, f"{full} (Sales)", f"{full} [X]",
        ])
    )  # fmt: skip


def found(**names: int) -> dict[str, list[str]]:
    return {each.name: [other.name for other in each.others] for each in propose_same(names)}


def others(*names: str) -> list[Spelling]:
    """The other spellings of the one person, the first being the most frequent."""
    (proposal,) = propose_same({**dict.fromkeys(names, 1), names[0]: 2})
    return list(proposal.others)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("ANNA MÜLLER", "only case, accents, blanks or punctuation differ"),
        ("Anna  Muller", "only case, accents, blanks or punctuation differ"),
        ("Anna Mueller", "only case, accents, blanks or punctuation differ"),
        ("Müller, Anna", "family name first"),
        ("Anna Müller (Inactive)", "an addition in brackets"),
        ("Anna Müller [Marketing]", "an addition in brackets"),
        ("anna.mueller@acme.com", "an address"),
        ("Anna_Muller+jira@acme.com", "an address"),
        ("annamueller", "an account"),
        ("Anna Müller [X]", "an addition in brackets"),
        ("ACME\\anna.mueller", "an account"),
    ],
)
def test_a_full_name_is_known_again(other: str, reason: str) -> None:
    """Written otherwise, with the family name first, or as an account made of both names."""
    assert [Spelling(other, 1, reason, is_weak=False)] == others("Anna Müller", other)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("amueller@acme.com", "an address that fits nobody else"),
        ("a.muller", "an account that fits nobody else"),
        ("muellera", "an account that fits nobody else"),
        ("annam", "an account that fits nobody else"),
        ("Anna", "a short form that fits nobody else"),
        ("mueller.anna@acme.com", "an address that fits nobody else"),
        ("A. Müller", "a short form that fits nobody else"),
        ("Müller, A.", "a short form that fits nobody else"),
    ],
)
def test_a_short_form_is_weak_and_must_fit_one_person_only(other: str, reason: str) -> None:
    """With a second person it could stand for, nothing is proposed."""
    assert [Spelling(other, 1, reason, is_weak=True)] == others("Anna Müller", other)
    assert () == propose_same({"Anna Müller": 1, "Anna B. Müller": 1, "Anna Mertens": 1, "Aaron Müller": 1, other: 1})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Müller", "Bob Müller"),
        ("Anna Müller", "Anne Müller"),
        ("Anna Müller", "Hanna Müller"),
        ("Anna Müller", "Müller Anna"),
        ("Anna Müller", "bmueller@acme.com"),
        ("Anna Müller", "amueller2"),
        ("John Smith (Sales)", "John Smith (IT)"),
        ("Member 1", "Member 2"),
        ("info@acme.com", "info@blue.com"),
        ("Design Team", "design team"),
        ("Former user", "former user"),
        ("TBD", "tbd"),
    ],
)
def test_what_may_be_two_people_is_not_proposed(first: str, second: str) -> None:
    """Likeness is not enough, and what is no person is left to another question."""
    assert () == propose_same({first: 5, second: 3})


def test_the_most_frequent_full_name_is_kept() -> None:
    """However often the account occurs; a name in its usual order goes before one that is not."""
    (proposal,) = propose_same({"amueller": 90, "Müller, Anna": 20, "Anna Muller": 2, "Anna Müller": 3})

    assert ("Anna Müller", 3) == (proposal.name, proposal.n)
    assert [("amueller", 90), ("Müller, Anna", 20), ("Anna Muller", 2)] == [(each.name, each.n) for each in proposal.others]


def test_a_name_with_its_address_tells_whose_address_it_is() -> None:
    """The address alone is then that person, even when it says nothing; together they count as the name."""
    seen = {"Anna Müller <am77@acme.com>": 2, "Anna Müller": 1, "AM77@acme.com": 4, "Bob Ross": 1}

    assert (Proposal("Anna Müller", 3, (Spelling("AM77@acme.com", 4, "the same address"),)),) == propose_same(seen)


def test_an_address_two_names_share_proves_nothing() -> None:
    """A mailbox of two people is nobody's."""
    assert () == propose_same({"Anna Müller <us@acme.com>": 1, "Bob Ross <us@acme.com>": 1, "us@acme.com": 1})


def test_without_a_full_name_equal_accounts_are_one() -> None:
    """The account before the @ and the account alone."""
    assert {"am77": ["AM77@acme.com"]} == found(**{"am77": 3, "AM77@acme.com": 2})


def test_addresses_of_two_firms_are_one_person_only_by_full_name() -> None:
    """anna.mueller at two firms may be; am at two firms may not."""
    assert {"anna.mueller@acme.com": ["anna.mueller@blue.com"]} == found(
        **{"anna.mueller@acme.com": 2, "anna.mueller@blue.com": 1, "am@acme.com": 1, "am@blue.com": 1}
    )


def test_named_addresses_without_a_name() -> None:
    """Brackets alone hold the address; other text is a name."""
    assert ("", "a@acme.com") == named_address(" <a@acme.com> ")
    assert ("Anna <boss>", "") == named_address("Anna <boss>")
    assert ("Müller, Anna", "a@acme.com") == named_address('"Müller, Anna" <a@acme.com>')


@given(st.dictionaries(spellings(), st.integers(1, 9), max_size=9), st.randoms(use_true_random=False))
def test_proposals_do_not_depend_on_order_and_never_mix_initials(names: dict[str, int], random: object) -> None:
    """Whatever is seen: each spelling in one proposal at most, all of one given initial, counts kept."""
    shuffled = sorted(names, key=lambda _: random.random())  # type: ignore[attr-defined]

    proposals = propose_same(names)

    assert proposals == propose_same({name: names[name] for name in shuffled})
    listed = [name for each in proposals for name in (each.name, *(other.name for other in each.others))]
    assert len(listed) == len(set(listed))
    for each in proposals:
        initials = {_initial(name) for name in (each.name, *(other.name for other in each.others))}
        assert 1 == len(initials), each


def _initial(name: str) -> str:
    """The first letter of the given name, as every way of writing in `spellings` shows it."""
    first = name.partition(",")[2].strip() or name
    return first[0].casefold().translate(str.maketrans("ö", "o"))
