"""Words of the synthetic organisation: teams, roles, stages, names of programs. No logic, only lists.

Teams, stages and names are what marketing departments commonly use; no client is behind them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Stage(NamedTuple):
    """A step of work: its name, its share of the work, the team that does it (empty: the program's own), may it go."""

    name: str
    share: float
    team: str = ""
    is_optional: bool = False
    is_external: bool = False


class Approval(NamedTuple):
    """A sign-off: its name, who gives it, after which part of the work (0 the brief, 1 all of it), agreed business days."""

    name: str
    team: str
    after: float
    sla_bdays: float | None


BRIEF: Final = Stage("brief", 0.08)
LAUNCH: Final = Stage("launch", 0.04)

# The work stages between brief and launch, per type of program.
STAGES: Final[dict[str, tuple[Stage, ...]]] = {
    "campaign": (
        Stage("concept", 0.15), Stage("copy", 0.2, "Content"), Stage("design", 0.25, "Brand"),
        Stage("media plan", 0.12, "Demand Generation", is_optional=True), Stage("campaign build", 0.2),
        Stage("campaign QA", 0.08),
    ),
    "content": (
        Stage("outline", 0.12, is_optional=True), Stage("draft", 0.4), Stage("edit", 0.2),
        Stage("illustration", 0.2, "Brand", is_optional=True), Stage("publishing prep", 0.1),
    ),
    "event": (
        Stage("agenda", 0.2), Stage("venue booking", 0.2, is_optional=True, is_external=True),
        Stage("invitation copy", 0.2, "Content"), Stage("registration page", 0.2, "Web", is_optional=True),
        Stage("event logistics", 0.25), Stage("rehearsal", 0.08),
    ),
    "launch": (
        Stage("positioning", 0.2), Stage("messaging", 0.2), Stage("asset design", 0.25, "Brand"),
        Stage("sales enablement", 0.15, is_optional=True), Stage("launch page", 0.2, "Web", is_optional=True),
        Stage("readiness check", 0.08),
    ),
    "web": (
        Stage("wireframe", 0.15, is_optional=True), Stage("page copy", 0.2, "Content"), Stage("page design", 0.2, "Brand"),
        Stage("page build", 0.35), Stage("page QA", 0.1),
    ),
    "email": (
        Stage("email copy", 0.3, "Content"), Stage("email build", 0.35), Stage("list pull", 0.15, is_optional=True),
        Stage("send test", 0.1),
    ),
    "paid_media": (
        Stage("audience plan", 0.2, is_optional=True), Stage("creative", 0.3, "Brand"), Stage("ad build", 0.3),
        Stage("tracking setup", 0.15, "Marketing Operations", is_optional=True),
    ),
    "brand": (
        Stage("synthesis", 0.15, is_optional=True), Stage("brand concept", 0.3), Stage("brand design", 0.35),
        Stage("guidelines", 0.15),
    ),
    "research": (
        Stage("questionnaire", 0.25), Stage("fieldwork", 0.3, is_external=True), Stage("analysis", 0.35),
        Stage("findings deck", 0.15, is_optional=True),
    ),
    "ops": (
        Stage("requirements", 0.25), Stage("configuration", 0.4), Stage("data check", 0.15, is_optional=True),
        Stage("rollout training", 0.15, is_optional=True),
    ),
}  # fmt: skip
TYPES: Final = tuple(STAGES)

# How much easier a type is than the average one, in log-odds of being on time.
TYPE_EASE: Final = {
    "campaign": -0.2, "content": 0.5, "event": -0.7, "launch": -1.0, "web": 0.0, "email": 1.0, "paid_media": 0.4,
    "brand": -0.4, "research": 0.0, "ops": 0.4,
}  # fmt: skip

# Where a type of work is at home, if the organisation has such a team.
HOME_TEAM: Final = {
    "campaign": "Demand Generation", "content": "Content", "event": "Events", "launch": "Product Marketing", "web": "Web",
    "email": "Demand Generation", "paid_media": "Demand Generation", "brand": "Brand", "research": "Product Marketing",
    "ops": "Marketing Operations",
}  # fmt: skip

APPROVALS: Final = (
    Approval("legal review", "Legal", 0.6, 2.0),
    Approval("brand approval", "Brand", 0.6, 2.0),
    Approval("budget approval", "Finance", 0.0, 2.0),
    Approval("executive sign-off", "Marketing Leadership", 1.0, None),
    Approval("technical review", "Web", 1.0, 3.0),
    Approval("regional sign-off", "Regional Sales", 1.0, None),
)

TEAMS: Final = (
    "Brand",
    "Content",
    "Demand Generation",
    "Events",
    "Web",
    "Product Marketing",
    "Marketing Operations",
    "Customer Marketing",
)
REGIONS: Final = ("Europe", "Asia Pacific", "Latin America")
FUNCTIONS: Final = (
    "Marketing", "Sales", "Product", "Finance", "Legal", "IT", "Customer Service", "Regional Sales", "Operations",
    "Human Resources",
)  # fmt: skip
ROLES: Final = {
    "Brand": "designer", "Content": "writer", "Demand Generation": "campaign manager", "Events": "event manager",
    "Web": "web developer", "Product Marketing": "product marketer", "Marketing Operations": "operations specialist",
    "Customer Marketing": "lifecycle marketer",
}  # fmt: skip
SKILLS: Final = {
    "designer": ("visual design", "brand knowledge", "file preparation"),
    "writer": ("long-form writing", "editing", "search basics"),
    "campaign manager": ("campaign planning", "media buying", "analytics"),
    "event manager": ("logistics", "supplier management", "facilitation"),
    "web developer": ("page building", "accessibility", "testing"),
    "product marketer": ("positioning", "messaging", "customer research"),
    "operations specialist": ("automation", "data quality", "tracking"),
    "lifecycle marketer": ("segmentation", "email building", "analytics"),
    "team lead": ("planning", "coaching", "facilitation"),
    "partner": ("review discipline", "subject knowledge"),
}  # fmt: skip

PRODUCTS: Final = (
    "running shoes", "trail packs", "rain shells", "base layers", "tents", "sleeping bags", "climbing helmets",
    "hiking boots", "camp stoves", "ski gloves", "headlamps", "travel duffels", "fleece jackets", "trekking poles",
    "water bottles", "kids' boots",
)  # fmt: skip
PLACES: Final = (
    "Cascade ridge",
    "Blue River",
    "Pine Valley",
    "North Shore",
    "Granite Pass",
    "Lake Harlan",
    "Red Canyon",
    "Mount Avery",
)
TOPICS: Final = (
    "winter layering", "first overnight hike", "gear care", "avalanche basics", "camp cooking", "trail etiquette",
    "fit and sizing", "repair and reuse", "packing light", "summer safety",
)  # fmt: skip
AUDIENCES: Final = (
    "members",
    "new customers",
    "lapsed customers",
    "families",
    "wholesale partners",
    "store staff",
    "students",
    "guides",
)
CITIES: Final = ("Portland", "Denver", "Burlington", "Boulder", "Bozeman", "Asheville", "Duluth", "Bend")
SEASONS: Final = ("Winter", "Spring", "Summer", "Autumn")
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "campaign": ("{season} campaign: {product}", "Loyalty campaign: {audience}", "{season} offer: {product}"),
    "content": ("Buying guide: {product}", "Field journal: {place}", "How-to series: {topic}"),
    "event": ("Partner webinar series: {topic}", "Store event: {city}", "Trade evening: {city}"),
    "launch": ("{season} launch: {product}", "Market launch: {product}, {city}"),
    "web": ("Product page refresh: {product}", "Landing page: {product}", "Store finder update: {city}"),
    "email": ("Email series: {topic}", "Newsletter: {audience}", "Basket reminder: {product}"),
    "paid_media": ("Paid search: {product}", "Social ads: {product}", "Video ads: {place}"),
    "brand": ("Brand film: {place}", "Packaging guidelines: {product}", "Photo library: {place}"),
    "research": ("Customer survey: {audience}", "Pricing study: {product}", "Store visit study: {city}"),
    "ops": ("Lead routing: {audience}", "Consent update: {city}", "Campaign tagging: {topic}"),
}

GOALS: Final = ("Grow repeat purchase", "Win new households", "Lift margin per order", "Open the wholesale channel")
PRIORITIES: Final = (
    "Launch the spring range on time", "Grow membership", "Win families as customers", "Sell through our own web shop",
    "Build the wholesale channel", "Cut spend on discounts", "Bring lapsed customers back", "Open three city stores",
    "Refresh the brand", "Shorten time from brief to market", "Enter the repair market", "Raise average order value",
    "Grow in the mountain states", "Build a creator programme", "Move service to chat", "Test subscription boxes",
)  # fmt: skip
CODES: Final = {
    "Q1": ("existing members", "new households", "families", "wholesale buyers", "store visitors"),
    "Q2": ("first visit", "comparison", "first purchase", "repeat purchase", "recommendation"),
    "Q3": ("proof from users", "fit guarantee", "price clarity", "expert advice", "easy returns"),
    "Q4": ("members first", "web shop first", "stores first", "wholesale first", "brand first"),
}
TOOLS: Final = (
    ("Project tracker", "project tracker", 18000, True), ("Asset library", "asset store", 14000, False),
    ("Mailing platform", "mailing", 30000, False), ("Web content system", "web", 26000, False),
    ("Ad console", "advertising", 9000, False), ("Shared spreadsheets", "spreadsheet", 3000, False),
    ("Analytics suite", "analytics", 22000, False), ("Request forms", "intake", 4000, False),
)  # fmt: skip
OUTCOMES: Final = ("revenue", "new customers", "launches on time", "cost per lead", "service rating", "forecast accuracy")
# How the outcomes pull on each other: one works against the other (positive) or helps it (negative).
CONFLICTS: Final = (
    ("revenue", "new customers", -0.4), ("revenue", "cost per lead", 0.3), ("new customers", "cost per lead", 0.6),
    ("launches on time", "forecast accuracy", -0.3), ("launches on time", "cost per lead", 0.2),
    ("service rating", "cost per lead", 0.5), ("revenue", "service rating", 0.1),
)  # fmt: skip
LEADING: Final = ("launches per week", "briefs complete at start", "pages tested", "replies within a day")
