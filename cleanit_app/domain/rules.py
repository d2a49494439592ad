"""The numbers of the business and the small sums made from them."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cleanit_app.domain.errors import FieldProblem

TERMS_VERSION = "2026-12"  # another one asks everybody again (LAW-06)
IST = ZoneInfo("Asia/Kolkata")

# Lengths of texts are in letters as a person counts them, in whatever script.
TITLE_LENGTH = (10, 100)
DESCRIPTION_LENGTH = (50, 1000)
ADDRESS_LENGTH = (3, 200)
NAME_LENGTH = (2, 60)
SIGNS_A_LETTER = 8  # vowels, joiners and marks of one letter; a name so long fits its column
PASSWORD_LENGTH = (8, 128)
TARGET_PAISE = (50_000, 5_000_000)
SMALLEST_CONTRIBUTION_PAISE = 1_000
CAMPAIGN_PHOTO_BYTES = 5 * 1024 * 1024
JOB_PHOTO_BYTES = 10 * 1024 * 1024
PRIVATE_LINK_LASTS = timedelta(minutes=5)
MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 65_000_000  # what phones call 64 megapixels; unpacked at an eighth to a half
MAX_WEBP_PIXELS = 16_000_000  # its decoder keeps several whole pictures at once
MAX_SIDE = 12_000
MIN_SIDE = 320  # px; on a smaller picture nobody sees whether a place is clean
SAME_PLACE_KM = 0.1
SAME_PLACE_DAYS = 30
SPAM_AT_SAME_PLACE = 3  # flagged when more than this many stand there (CAM-06)
GO_AHEAD_PERCENT = 80

JOB_LIFE = timedelta(days=90)
CLAIM_TIME = timedelta(days=7)
UNCLAIM_UNTIL = timedelta(hours=24)
CLAIM_LIMIT = 5
CAPTURE_TOKEN_LIFE = timedelta(minutes=15)
PROOF_RADIUS_KM = 0.5
MOST_ACCURACY_M = 200  # what a phone says of its own accuracy counts up to here; coarser is too vague
LOW_COMPLETION_RATE = 0.60
LOW_RATING = 5 * LOW_COMPLETION_RATE
REJECTIONS_BEFORE_REVIEW = 3

PENALTIES_BEFORE_SUSPENSION = 3
CLAIMS_BEFORE_REVIEW = 3
ADDED_MOST_PAISE = 500_000  # what the platform adds to one job at most (JOB-08)
REMIND_HOURS = (24, 1)
QUEUE_ALERT_ABOVE = 20
AVERAGE_ALERT_AFTER = timedelta(hours=24)

URGENT_AFTER = timedelta(hours=48)
HIGH_VALUE_PAISE = 500_000
PAYOUT_COOLING = timedelta(hours=24)
PAYOUT_HOUR_IST = 10
TAX_PAPERS_FROM_PAISE = 5_000_000  # paid to one cleaner in an Indian tax year (LAW-04)
MAX_ATTEMPTS = 3
MONEY_BATCH = 10
TRANSFER_RETRY_AFTER = timedelta(minutes=30)  # doubles with each failure
UNSURE_ALERT_AFTER = timedelta(minutes=15)  # a call without outcome is told to finance
RECONCILED_AT_LEAST_EVERY = timedelta(hours=36)  # a night may fail; of the second finance hears (PAY-13)
LOOK_ONLY_AFTER = timedelta(hours=24)  # then it is only looked up: a provider may forget our key
REFUND_LIMIT = timedelta(days=180)  # the provider refunds nothing older
OLD_MONEY = timedelta(days=150)  # shown to finance before it is too old
CHANGED_ACCOUNT_WAIT = timedelta(hours=24)
NAME_MATCH_LEAST = 80  # of 100, for an account to be confirmed without a person
GIFTS_AN_HOUR = 6  # from here on odd (SEC-10)
FAILED_TRIES_AN_HOUR = 5
BIG_FIRST_GIFT_PAISE = 1_000_000
SAME_BROWSER_WITHIN = timedelta(minutes=10)  # from one account's sign-out to the other's sign-in
# Banks rest on these days everywhere in India (month, day); others differ from state to state.
NATIONAL_HOLIDAYS = frozenset({(1, 26), (8, 15), (10, 2)})

ACCESS_TOKEN_LIFE = timedelta(minutes=15)
REFRESH_TOKEN_LIFE = timedelta(days=7)
ARCHIVED_AFTER = timedelta(days=365)  # an ended campaign leaves the public lists (OPS-05)
NOTIFICATION_LIFE = timedelta(days=90)  # older notifications are cleared (NOT-07)
SESSION_LIFE = timedelta(days=14)
DEVICE_LIFE = timedelta(days=365)
FAILURES_KEPT = timedelta(days=30)
TOKENS_KEPT = timedelta(days=30)
CONFIRMED_FOR = timedelta(minutes=10)  # after typing the password one may change what the account hangs on
REFRESH_GRACE = timedelta(seconds=10)  # two tabs that renew together are no thieves
PROVED_FOR = timedelta(minutes=15)  # after a code of the second factor an admin may move money

# Mainland to Indira Point, Arabian Sea to Arunachal; the box also holds some neighbours (CAM-04).
INDIA_LATITUDE = (6.70, 37.20)
INDIA_LONGITUDE = (68.05, 97.45)
EARTH_KM = 6371.0088


DISPUTE_HEARD_WITHIN = timedelta(hours=48)
DISPUTE_REASON = (10, 500)  # characters


def room(letters: int) -> int:
    """How many code points a text of so many letters may take, for browsers and tables (CAM-02)."""
    return letters * SIGNS_A_LETTER


def expiry_days(target_paise: int) -> int:
    """Days a campaign may collect, from its target in paise (CAM-07)."""
    if target_paise <= 200_000:
        return 30
    return 45 if target_paise <= 1_000_000 else 60


def goes_ahead(raised_paise: int, target_paise: int) -> bool:
    """Whether a campaign whose time is over is done for what there is: from 80 % of its target on (CAM-10)."""
    return raised_paise * 100 >= target_paise * GO_AHEAD_PERCENT


def expires_at(target_paise: int, activated_at: datetime) -> datetime:
    """When an activated campaign stops collecting (CAM-07; counted from activation)."""
    return activated_at + timedelta(days=expiry_days(target_paise))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km between two (latitude, longitude) points in degrees."""
    lat1, lng1, lat2, lng2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> int:
    """Distance in whole metres, half a metre up: the figure that is shown is the one that is judged (JOB-10)."""
    return math.floor(1000 * distance_km(a, b) + 0.5)


def is_too_vague(accuracy_m: float | None) -> bool:
    """Whether a phone knew its place too roughly for it to prove anything."""
    return (accuracy_m or 0) > MOST_ACCURACY_M


def is_too_far(distance_m: int, accuracy_m: float | None) -> bool:
    """Whether a photo was taken beyond the radius and what of the accuracy of its place counts (JOB-10)."""
    return distance_m > 1000 * PROOF_RADIUS_KM + min(MOST_ACCURACY_M, accuracy_m or 0)


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The place as a point on the unit sphere, which a cube index can search nearest first (JOB-03)."""
    lat, lng = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)


def chord_of_km(km: float) -> float:
    """Straight-line distance on the unit sphere for a distance in km along the ground."""
    return 2 * math.sin(min(math.pi, km / EARTH_KM) / 2)


def km_of_chord(chord: float) -> float:
    """Distance in km along the ground for a straight-line distance on the unit sphere."""
    return 2 * EARTH_KM * math.asin(min(1.0, chord / 2))


def is_in_india(latitude: float, longitude: float) -> bool:
    """Whether a point is finite and inside the box around India (CAM-04)."""
    return (
        math.isfinite(latitude)
        and math.isfinite(longitude)
        and INDIA_LATITUDE[0] <= latitude <= INDIA_LATITUDE[1]
        and INDIA_LONGITUDE[0] <= longitude <= INDIA_LONGITUDE[1]
    )


def place_problem(latitude: float | None, longitude: float | None) -> FieldProblem | None:
    """What is wrong with a place, or None (CAM-04)."""
    if latitude is None or longitude is None:
        return FieldProblem("place_missing")
    if latitude == 0 and longitude == 0:
        return FieldProblem("place_missing")
    return None if is_in_india(latitude, longitude) else FieldProblem("place_outside_india")


def completion_rate(verified: int, failed: int, auto_released: int) -> float | None:
    """Share of a cleaner's ended jobs that were verified, 0 to 1; None before the first."""
    ended = verified + failed + auto_released
    return verified / ended if ended else None


def rating(verified: int, rejected: int, auto_released: int) -> float:
    """A cleaner's rating out of 5, one decimal; three good jobs are granted at the start."""
    return round(5 * (verified + 3) / (verified + rejected + auto_released + 3), 1)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def ist_date(at: datetime) -> date:
    """The Indian calendar day of a moment."""
    return at.astimezone(IST).date()


def midnight(day: date) -> datetime:
    """The moment an Indian day begins."""
    return datetime.combine(day, time(0), tzinfo=IST)


def next_midnight(after: datetime) -> datetime:
    """The first Indian midnight at or after a moment: when the clock decides campaigns (CAM-10)."""
    begin = midnight(ist_date(after))
    return begin if begin >= after else begin + timedelta(days=1)


def next_payout_run(after: datetime) -> datetime:
    """The first 10 AM Indian time at or after a moment (PAY-04)."""
    day = ist_date(after)
    run = datetime.combine(day, time(PAYOUT_HOUR_IST), tzinfo=IST)
    return run if run >= after else run + timedelta(days=1)


def last_payout_run(before: datetime) -> datetime:
    """The last 10 AM Indian time at or before a moment (PAY-04)."""
    run = next_payout_run(before)
    return run if run == before else run - timedelta(days=1)


def add_business_days(day: date, days: int) -> date:
    """The day that is `days` business days in India after `day` (PAY-09)."""
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day)
    return day


def is_business_day(day: date) -> bool:
    """Whether banks work everywhere in India: Monday to Friday but the three national holidays (PAY-09)."""
    return day.weekday() < 5 and (day.month, day.day) not in NATIONAL_HOLIDAYS


def business_days_between(first: date, last: date) -> int:
    """How many business days in India came after `first` up to and with `last` (PAY-09)."""
    days = max(0, (last - first).days)
    return sum(is_business_day(first + timedelta(days=n)) for n in range(1, days + 1))


def financial_year(day: date) -> str:
    """The Indian financial year of a day, as `2627` for April 2026 to March 2027."""
    first = day.year - (day.month < 4)
    return f"{first % 100:02d}{(first + 1) % 100:02d}"


def year_of(financial_year_name: str) -> tuple[date, date]:
    """First and last day of a financial year like `2627`; ValueError when it is none."""
    name = financial_year_name
    if len(name) != 4 or not (name.isascii() and name.isdigit()) or int(name[2:]) != (int(name[:2]) + 1) % 100:
        raise ValueError(f"no financial year: {name}")
    first = 2000 + int(name[:2])
    return date(first, 4, 1), date(first + 1, 3, 31)
