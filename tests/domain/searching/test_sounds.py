"""A word sounds the same in whatever script somebody writes it."""

from __future__ import annotations

import pytest

from cleanit_app.domain.searching.sounds import sounds_of
from cleanit_app.domain.searching.words import words_of

pytestmark = pytest.mark.row("JOB-03")


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Lucknow", "लखनऊ"),
        ("Aminabad", "अमीनाबाद"),
        ("Hazratganj", "हज़रतगंज"),
        ("Gomti", "गोमती"),
        ("Nagar", "नगर"),
        ("Sector", "सेक्टर"),
        ("Park", "पार्क"),
        ("School", "स्कूल"),
        ("Chowk", "चौक"),
        ("Delhi", "दिल्ली"),
        ("Patna", "पटना"),
        ("Pune", "पुणे"),
        ("Mumbai", "मुंबई"),
        ("Mumbai", "मुम्बई"),
        ("Gurgaon", "गुड़गांव"),
        ("Gurgaon", "गुडगाँव"),
        ("Noida", "नोएडा"),
        ("Chandigarh", "चंडीगढ़"),
        ("Thane", "ठाणे"),
        ("Varanasi", "वाराणसी"),
        ("Ayodhya", "अयोध्या"),
        ("Shimla", "शिमला"),
        ("Charbagh", "चारबाग"),
        ("Station", "स्टेशन"),
        ("Junction", "जंक्शन"),
        ("University", "यूनिवर्सिटी"),
        ("Bridge", "ब्रिज"),
        ("Market", "मार्केट"),
        ("Colony", "कॉलोनी"),
        ("Shri", "श्री"),
        ("Lakshmi", "लक्ष्मी"),
        ("Laxmi", "लक्ष्मी"),
        ("Vigyan", "विज्ञान"),
        ("Gyan", "ज्ञान"),
        ("Connaught", "कनॉट"),
        ("Unnao", "उन्नाव"),
        ("Kanpur", "कानपुर"),
        ("Kanpur", "काँपुर"),
        ("Chandni", "चाँदनी"),
        ("Indore", "इंदौर"),
        ("Airport", "एयरपोर्ट"),
        ("Raebareli", "रायबरेली"),
        ("Vijay", "विजय"),
        ("Surya", "सूर्य"),
        ("Prayagraj", "प्रयागराज"),
        ("Temple", "टेंपल"),
        ("Hospital", "हॉस्पिटल"),
        ("Civil", "सिविल"),
        ("Circle", "सर्कल"),
        ("Bagh", "बाग"),
        ("Sabzi", "सब्ज़ी"),
        ("Andheri", "अंधेरी"),
        ("Bandra", "बांद्रा"),
        ("Dadar", "दादर"),
        ("Okhla", "ओखला"),
        ("Saket", "साकेत"),
        ("Karol", "करोल"),
        ("Meerut", "मेरठ"),
        ("Agra", "आगरा"),
        ("Jaipur", "जयपुर"),
        ("Jodhpur", "जोधपुर"),
        ("Udaipur", "उदयपुर"),
        ("Bhopal", "भोपाल"),
        ("Nagpur", "नागपुर"),
        ("Nashik", "नासिक"),
        ("Aurangabad", "औरंगाबाद"),
        ("Kolhapur", "कोल्हापुर"),
        ("Solapur", "सोलापूर"),
        ("Chennai", "சென்னை"),
        ("Bengaluru", "ಬೆಂಗಳೂರು"),
        ("Kolkata", "কলকাতা"),
        ("Hyderabad", "హైదరాబాద్"),
        ("Amritsar", "ਅੰਮ੍ਰਿਤਸਰ"),
        ("Surat", "સુરત"),
        ("Ahmedabad", "अहमदाबाद"),
        ("Ghaziabad", "गाजियाबाद"),
        ("Faridabad", "फरीदाबाद"),
        ("Dehradun", "देहरादून"),
        ("Haridwar", "हरिद्वार"),
        ("Rishikesh", "ऋषिकेश"),
        ("Mathura", "मथुरा"),
        ("Vrindavan", "वृंदावन"),
        ("Jhansi", "झांसी"),
        ("Gwalior", "ग्वालियर"),
        ("Ranchi", "रांची"),
        ("Guwahati", "गुवाहाटी"),
        ("Siliguri", "सिलीगुड़ी"),
        ("Darjeeling", "दार्जिलिंग"),
        ("Thiruvananthapuram", "तिरुवनंतपुरम"),
        ("Kochi", "कोच्चि"),
        ("Dharavi", "धारावी"),
        ("Borivali", "बोरीवली"),
        ("Malad", "मलाड"),
        ("Kurla", "कुर्ला"),
        ("Sion", "सायन"),
        ("Chembur", "चेंबूर"),
        ("Mandir", "मंदिर"),
        ("Masjid", "मस्जिद"),
        ("Talab", "तालाब"),
        ("Nala", "नाला"),
        ("Ghat", "घाट"),
        ("Gali", "गली"),
        ("Pul", "पुल"),
        ("Bazaar", "बाज़ार"),
        ("Chauraha", "चौराहा"),
        ("Road", "रोड"),
        ("Lane", "लेन"),
        ("Metro", "मेट्रो"),
        ("Bus", "बस"),
        ("Stand", "स्टैंड"),
    ],
)
def test_two_scripts_sound_the_same(latin: str, other: str) -> None:
    assert set(_sounds(latin)) & set(_sounds(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Laxmi", "Lakshmi"),
        ("Chowk", "Chauk"),
        ("Ganj", "Gunj"),
        ("Vihar", "Bihar"),
        ("Qaiserbagh", "Kaisarbag"),
        ("Sabzi", "Subji"),
        ("Shri", "Sree"),
        ("Phool", "Fool"),
        ("Bazaar", "Bajar"),
        ("Nullah", "Nala"),
    ],
)
def test_spellings_fall_together_where_people_mix_them(one: str, other: str) -> None:
    assert (_sounds(one) == _sounds(other)) is (one != "Vihar")


@pytest.mark.parametrize("word", ["62", "a", "", "好", "улица"])
def test_what_has_no_sound_has_no_key(word: str) -> None:
    assert sounds_of(word) == ()


def _sounds(text: str) -> tuple[str, ...]:
    return sounds_of(words_of(text)[0])
