"""The demo's towns: who lives there, what is dirty, how far each cleanup has come. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

DEMO_PASSWORD = "clean-street-2026"  # noqa: S105 (printed by make run; refused in production)

CITIZEN, NEIGHBOUR, CLEANER, ADMIN = (
    "asha@cleanit.example",
    "imran@cleanit.example",
    "ramesh@cleanit.example",
    "meera@cleanit.example",
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in with the demo password; `role` is CITIZEN, CLEANER or ADMIN."""

    email: str
    name: str
    role: str
    phone: str
    language: str = "en"


PEOPLE = (
    DemoPerson(CITIZEN, "Asha Verma", "CITIZEN", "+919000000001"),
    DemoPerson(NEIGHBOUR, "Imran Khan", "CITIZEN", "+919000000002"),
    DemoPerson(CLEANER, "Ramesh Pal", "CLEANER", "+919000000003", "hi"),
    DemoPerson(ADMIN, "Meera Joshi", "ADMIN", "+919000000004"),
    DemoPerson("sunita@cleanit.example", "Sunita Devi", "CLEANER", "+919000000005", "hi"),
    DemoPerson("arif@cleanit.example", "Arif Ali", "CLEANER", "+919000000006", "hi"),
    DemoPerson("salma@cleanit.example", "Salma Bano", "CLEANER", "+919000000007", "hi"),
    DemoPerson("kavya@cleanit.example", "Kavya Rao", "CITIZEN", "+919000000008"),
    DemoPerson("joseph@cleanit.example", "Joseph Dsouza", "CITIZEN", "+919000000009"),
    DemoPerson("nidhi@cleanit.example", "Nidhi Shah", "CITIZEN", "+919000000010"),
    DemoPerson("bilal@cleanit.example", "Bilal Ansari", "CITIZEN", "+919000000011"),
    DemoPerson("geeta@cleanit.example", "Geeta Kumari", "CLEANER", "+919000000012", "hi"),
)


@dataclass(frozen=True)
class DemoCampaign:
    """One cleanup: its picture (`scene`, `turn` makes it another place), money and how far it has come.

    `stage` is DRAFT, ACTIVE, OPEN, CLAIMED, COMPLETED, VERIFIED, PAID or CANCELLED; `age_days` is how long
    ago it was started; `done_hours` how long ago its after-photo came; `away_m` how far from the pin that
    photo was taken; `late_contribution` (rupees) arrives after the target was reached and goes back.
    """

    title: str
    story: str
    address: str
    place: tuple[float, float]
    target_rupees: int
    contributions: tuple[int, ...]
    scene: str
    stage: str
    creator: str = CITIZEN
    cleaner: str = CLEANER
    age_days: float = 6
    done_hours: float = 5
    away_m: float = 18
    late_contribution: int = 0
    turn: int = 0


CAMPAIGNS = (
    DemoCampaign(
        "Corner dump outside the school gate",
        "Children step into the road to get past this heap every morning. The municipal pick-up skips the corner.",
        "Gali No. 4, Aminabad, Lucknow 226018",
        (26.8466, 80.9270),
        4_000,
        (500, 760, 1_000, 250, 750),
        "lane",
        "ACTIVE",
        age_days=21,
    ),
    DemoCampaign(
        "Drain choked with plastic behind the clinic",
        "Plastic has blocked the water. It floods the lane when it rains and smells all day, right behind the beds.",
        "Haider Canal, Hussainganj, Lucknow 226001",
        (26.8393, 80.9430),
        12_000,
        (2_000, 1_500, 3_000, 1_180),
        "drain",
        "ACTIVE",
        age_days=11,
    ),
    DemoCampaign(
        "Bus stop buried in wrappers",
        "Nobody sits at this stop any more. Wrappers and plates from three stalls end up under the bench each night.",
        "Kaiserbagh bus stand, Lucknow 226001",
        (26.8521, 80.9346),
        2_500,
        (300, 350),
        "busstop",
        "ACTIVE",
        age_days=4,
    ),
    DemoCampaign(
        "Swings lost in litter at the colony park",
        "The evening picnics leave everything behind. The grass around the swings cannot be seen, and dogs tear it.",
        "12th Main, Indiranagar, Bengaluru 560038",
        (12.9716, 77.6412),
        6_000,
        (),
        "park",
        "ACTIVE",
        creator="kavya@cleanit.example",
        age_days=1,
        turn=1,
    ),
    DemoCampaign(
        "Market lane heaped with packing waste",
        "Shopkeepers pile thermocol and straps here at closing. The heap blocks the only lane an ambulance could use.",
        "Ranade Road, Dadar West, Mumbai 400028",
        (19.0186, 72.8424),
        9_000,
        (1_000, 2_100, 1_040),
        "market",
        "ACTIVE",
        creator="joseph@cleanit.example",
        age_days=15,
        turn=1,
    ),
    DemoCampaign(
        "Steps of the small ghat after immersion",
        "Frames, cloth and flowers have lain on these steps since the festival. People slip on them when they bathe.",
        "Babughat, Strand Road, Kolkata 700001",
        (22.5686, 88.3387),
        7_500,
        (2_500, 1_500),
        "ghat",
        "ACTIVE",
        creator="bilal@cleanit.example",
        age_days=9,
        turn=1,
    ),
    DemoCampaign(
        "Heap beside the anganwadi wall",
        "The heap has reached the window of the anganwadi. The children eat their midday meal two metres from it.",
        "Kothrud, Pune 411038",
        (18.5074, 73.8077),
        3_000,
        (),
        "lane",
        "DRAFT",
        creator="nidhi@cleanit.example",
        age_days=0.4,
        turn=1,
    ),
    DemoCampaign(
        "Choked nala beside the vegetable stalls",
        "Peels and bags fill this nala up to the road. Sellers sit above it all day and the water backs up to them.",
        "Bapu Bazar, Jaipur 302003",
        (26.9157, 75.8235),
        5_500,
        (),
        "drain",
        "DRAFT",
        creator="geeta@cleanit.example",
        age_days=1.2,
        turn=1,
    ),
    DemoCampaign(
        "Back lane of the row houses",
        "Bags thrown from the balconies have closed the back lane. Two families can no longer use their rear door.",
        "Mahanagar, Lucknow 226006",
        (26.8739, 80.9521),
        3_800,
        (1_800, 1_200, 800),
        "lane",
        "OPEN",
        age_days=8,
        late_contribution=500,
        turn=2,
    ),
    DemoCampaign(
        "Bus shelter nobody can stand in",
        "The shelter floor is full of plates, cups and broken seats, so everybody waits on the road in front of it.",
        "Lajpat Nagar II, New Delhi 110024",
        (28.5677, 77.2433),
        1_500,
        (1_000, 500),
        "busstop",
        "OPEN",
        creator="kavya@cleanit.example",
        age_days=5,
        turn=1,
    ),
    DemoCampaign(
        "Ghat steps after the festival",
        "Idols' frames and cloth lie on the steps and in the water. The boatmen have stopped landing at this ghat.",
        "Kudiya Ghat, Gomti, Lucknow 226003",
        (26.8710, 80.9150),
        8_500,
        (4_000, 2_500, 2_000),
        "ghat",
        "CLAIMED",
        cleaner="sunita@cleanit.example",
        age_days=12,
    ),
    DemoCampaign(
        "Footpath under the flyover",
        "Sacks of rubble and food waste cover the footpath under the flyover. Walkers share the lane with lorries.",
        "Alambagh, Lucknow 226005",
        (26.8125, 80.9030),
        2_400,
        (1_400, 1_000),
        "market",
        "CLAIMED",
        age_days=7,
        turn=2,
    ),
    DemoCampaign(
        "Picnic litter all over Nehru Bal Park",
        "The swings stand in plates and bottles after every weekend. Children play barefoot here in the mornings.",
        "Nehru Bal Park, Rajajipuram, Lucknow 226017",
        (26.8393, 80.8841),
        8_000,
        (3_000, 3_000, 2_000),
        "park",
        "COMPLETED",
        age_days=16,
        done_hours=51,
        away_m=127,
    ),
    DemoCampaign(
        "Plates and cups around the tea stalls",
        "The stalls have no bin, so the whole corner is covered. In the wind it blows into the school next to it.",
        "Aishbagh Road, Lucknow 226004",
        (26.8353, 80.9120),
        2_500,
        (1_500, 1_000),
        "busstop",
        "COMPLETED",
        cleaner="salma@cleanit.example",
        age_days=10,
        done_hours=9,
        away_m=40,
        turn=2,
    ),
    DemoCampaign(
        "Drain mouth at Mahanagar crossing",
        "The mouth of the drain is closed by bags and mud. Each shower leaves the crossing under water for hours.",
        "Mahanagar crossing, Lucknow 226006",
        (26.8700, 80.9560),
        6_000,
        (4_000, 2_000),
        "drain",
        "COMPLETED",
        cleaner="arif@cleanit.example",
        age_days=9,
        done_hours=3,
        away_m=820,
        turn=2,
    ),
    DemoCampaign(
        "Heap at the temple lane's mouth",
        "Flowers, leaf plates and bags from the whole week lie at the mouth of the lane, where everybody walks in.",
        "Chowk, Lucknow 226003",
        (26.8680, 80.9050),
        2_000,
        (1_200, 800),
        "lane",
        "VERIFIED",
        cleaner="sunita@cleanit.example",
        age_days=8,
        done_hours=20,
        turn=3,
    ),
    DemoCampaign(
        "Market corner behind the shutters",
        "The traders of the old market heap their waste behind the shutters at night, and rats have moved in there.",
        "Nishatganj Market, Lucknow 226006",
        (26.8690, 80.9470),
        4_000,
        (1_500, 1_500, 1_000),
        "market",
        "PAID",
        age_days=24,
        done_hours=24 * 14,
    ),
    DemoCampaign(
        "River steps below the old mosque",
        "Bags and bottles covered the steps so that nobody could reach the water. It took a whole day to clear.",
        "Teele Wali Masjid ghat, Lucknow 226003",
        (26.8755, 80.9105),
        3_000,
        (2_000, 1_000),
        "ghat",
        "PAID",
        creator="bilal@cleanit.example",
        age_days=19,
        done_hours=24 * 9,
        turn=2,
    ),
    DemoCampaign(
        "Heap that the ward cleared itself",
        "The ward office sent a lorry a day after this was posted, so there is nothing left for a cleaner to do here.",
        "Gomti Nagar, Lucknow 226010",
        (26.8500, 81.0020),
        1_800,
        (),
        "lane",
        "CANCELLED",
        age_days=6,
        turn=4,
    ),
)
