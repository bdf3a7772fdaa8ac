"""Tables of people: who works there under a pseudonym, what they can do, and what they answered.

Survey tokens are random and never join to `people`; no column here would let them.
"""

from __future__ import annotations

from gapkit.schema.columns import boolean, category, identifier, integer, number, text
from gapkit.schema.declare import declare

LEVEL_BANDS = ("leadership", "manager", "contributor")
QUESTIONS = ("Q1", "Q2", "Q3", "Q4")

PEOPLE = declare(
    "people",
    "One row is one person in or around marketing, under a pseudonym.",
    {
        "person_id": identifier("A pseudonym; the list of names stays with the client.", required=True),
        "role": text("Role.", required=True),
        "team": text("Team, as in programs.team.", required=True),
        "function": text("Function (brand, sales, legal).", required=True),
        "level": integer("Organisational level; 0 is the top.", 0, required=True, unit="level"),
        "leadership": boolean("Whether the person belongs to the leadership.", required=True),
        "capacity": number("How many programs the person can carry at a time.", 0, unit="programs"),
        "fte": number("Working time as a share of a full week.", 0, 1, unit="full-time equivalents"),
    },
    key=["person_id"],
    switches_on="work in progress per person, the size of the organisation, skills by role, and what working time costs",
    ask="Everybody in and around marketing under a pseudonym: role, team, function, level, working time.",
)

SKILLS_REQUIRED = declare(
    "skills_required",
    "One row is one skill a role needs.",
    {
        "role": text("Role, as in people.role.", required=True),
        "skill": text("The skill.", required=True),
        "required": number("Level needed, 0 none to 4 expert.", 0, 4, required=True, unit="level of skill"),
        "critical": boolean("Whether the role fails without it. Blank means it is not critical."),
    },
    key=["role", "skill"],
    switches_on="capability: the weakest link of each role, with skills_actual",
    ask="The skills each role needs, and at what level.",
)

SKILLS_ACTUAL = declare(
    "skills_actual",
    "One row is one skill of one person as somebody rated it.",
    {
        "person_id": identifier("The person.", required=True, refers="people.person_id"),
        "role": text("The role in which the skill is used.", required=True),
        "skill": text("The skill, as in skills_required.skill.", required=True),
        "actual": number("Level present, 0 none to 4 expert.", 0, 4, required=True, unit="level of skill"),
        "source": category(("self", "manager", "tested"), "Who rated it."),
    },
    key=["person_id", "role", "skill", "source"],
    switches_on="capability: the weakest link of each role, with skills_required",
    ask="The skills people have, as they or their managers rate them.",
)

SURVEY_INVITED = declare(
    "survey_invited",
    "One row counts the people invited to one wave of the survey in one group and level band.",
    {
        "wave": text("Name of the wave.", required=True),
        "group": text("Group of people, as in survey_respondents.group.", required=True),
        "level_band": category(LEVEL_BANDS, "Level band.", required=True),
        "n_invited": integer("How many were invited.", 0, required=True, unit="people"),
    },
    key=["wave", "group", "level_band"],
    switches_on="how many of those invited answered, and what the silent ones could change",
    ask="How many people were invited to the survey, per group and level band.",
)

SURVEY_RESPONDENTS = declare(
    "survey_respondents",
    "One row is one filled-in questionnaire, under a random token.",
    {
        "respondent_id": identifier("A random token, new for each wave; it leads back to nobody.", required=True),
        "wave": text("Name of the wave.", required=True),
        "group": text("Group the respondent chose."),
        "function": text("Function the respondent chose."),
        "level_band": category(
            LEVEL_BANDS, "Level band the respondent chose; blank if unknown.", required=True, blank=True
        ),
        "duration_s": number("Time taken to answer.", 0, unit="seconds"),
    },
    key=["respondent_id"],
    switches_on="what people see, leadership and teams apart, with survey_answers",
    ask="One row per filled-in questionnaire, without names or addresses.",
)

SURVEY_ANSWERS = declare(
    "survey_answers",
    "One row is one answer to one item of the survey.",
    {
        "respondent_id": identifier("The respondent's token.", required=True, refers="survey_respondents.respondent_id"),
        "item_id": identifier("The item (MIS1, BOT2 …).", required=True),
        "value": number(
            "1 strongly disagree to 5 strongly agree, between the points if rescaled; blank for not applicable.",
            1,
            5,
            required=True,
            blank=True,
            unit="point of the scale",
        ),
    },
    key=["respondent_id", "item_id"],
    switches_on="what people see of each killer, fracture, cause and pitfall, beside what records show",
    ask="The answers to the survey items.",
)

STRATEGY_ANSWERS = declare(
    "strategy_answers",
    "One row is one answer to one of the four strategy questions, as one coder read it.",
    {
        "respondent_id": identifier("The respondent's token.", required=True, refers="survey_respondents.respondent_id"),
        "question": category(QUESTIONS, "The question.", required=True),
        "text": text("The answer in the respondent's own words."),
        "code": text("The code it was given, as in codebook.code."),
        "coder": text("Who coded it; blank when the respondent chose the code."),
    },
    key=["respondent_id", "question", "coder"],
    switches_on="strategy or execution: whether people give one answer to the four questions on strategy",
    ask="The answers to the four strategy questions.",
)

CODEBOOK = declare(
    "codebook",
    "One row is one code that answers to a strategy question can be given.",
    {
        "question": category(QUESTIONS, "The question.", required=True),
        "code": text("The code.", required=True),
        "label": text("What it means.", required=True),
    },
    key=["question", "code"],
    switches_on="strategy or execution: answers to the four questions on strategy brought under codes",
    ask="The list of codes for the strategy questions; it is written together with the client.",
)

PRIORITY_RANKINGS = declare(
    "priority_rankings",
    "One row is the place one respondent gave to one priority.",
    {
        "respondent_id": identifier("The respondent's token.", required=True, refers="survey_respondents.respondent_id"),
        "priority_id": identifier("The priority.", required=True, refers="priorities.priority_id"),
        "rank": number(
            "Its place, 1 first; ties share their mean place; blank when it was left unranked.",
            1,
            required=True,
            blank=True,
            unit="rank",
        ),
    },
    key=["respondent_id", "priority_id"],
    switches_on="whether leadership and teams rank the official priorities alike",
    ask="Each respondent's own ranking of the official priorities.",
)

TABLES = (
    PEOPLE,
    SKILLS_REQUIRED,
    SKILLS_ACTUAL,
    SURVEY_INVITED,
    SURVEY_RESPONDENTS,
    SURVEY_ANSWERS,
    STRATEGY_ANSWERS,
    CODEBOOK,
    PRIORITY_RANKINGS,
)
