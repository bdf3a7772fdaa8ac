from __future__ import annotations

import re

import pytest

from gapkit import schema
from gapkit.instrument import ITEMS, OPEN_QUESTION, STRATEGY_QUESTIONS
from gapkit.interview import TOPICS, interview_guide
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, PITFALLS

GUIDE = interview_guide("Acme")


def test_every_finding_that_can_be_coded_is_a_topic():
    """Nothing is coded that nobody asks about, in the order of the vocabulary."""
    assert (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS) == tuple(topic.finding for topic in TOPICS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.finding)
def test_a_topic_asks_openly_asks_to_see_and_says_how_to_code(topic):
    """Three questions that begin no yes or no, two things to see, and both directions."""
    closed = ("Is ", "Are ", "Do ", "Does ", "Did ", "Has ", "Have ", "Can ", "Would ")

    assert 3 == len(topic.questions)
    assert not any(question.startswith(closed) for question in topic.questions)
    assert len(topic.to_see) >= 2
    assert topic.supports
    assert topic.contradicts
    assert all(part in GUIDE for part in (*topic.questions, *topic.to_see, topic.supports, topic.contradicts))


def test_no_statement_of_the_survey_is_read_out():
    """What the survey asks in closed form is not asked again word by word."""
    assert not [item.id for item in ITEMS if item.text in GUIDE]


def test_each_topic_names_the_statements_of_the_survey_about_it():
    """A consultant sees which answers the interview stands beside."""
    assert 15 == len(re.findall(r"The survey asks about it in [A-Z]+1", GUIDE))
    assert "Code: `ownership`. The survey asks about it in OWN1 to OWN3." in GUIDE
    assert "Code: `tool_first`. The survey asks about it in TFF1." in GUIDE


def test_the_guide_explains_every_column_of_the_table():
    """What is to be filled in is explained where it is to be filled in."""
    explained = re.findall(r"^\| (\w+) \| ", GUIDE, flags=re.MULTILINE)[1:]

    assert [field.name for field in schema.TABLES["observations"].fields()] == explained
    assert all(f"`{word}`" in GUIDE for word in schema.TABLES["observations"].field("direction").allowed)


def test_the_questions_of_the_survey_on_strategy_and_change_are_asked_alike():
    """Same wording, so that answers can be coded alike."""
    assert all(question in GUIDE for question in (*STRATEGY_QUESTIONS.values(), OPEN_QUESTION))


def test_the_client_is_named_and_nothing_is_left_open():
    """No placeholder is printed, whatever the client is called."""
    assert interview_guide("$acme & Söhne").startswith("# Interviews and workshops at $acme & Söhne")
    assert "${" not in GUIDE
