"""What `make_places` adds to its sources: states by GeoNames' codes, Hindi names in use, names of before."""

from __future__ import annotations

STATES = {
    "01": "Andaman and Nicobar Islands", "02": "Andhra Pradesh", "03": "Assam", "05": "Chandigarh", "07": "Delhi",
    "09": "Gujarat", "10": "Haryana", "11": "Himachal Pradesh", "12": "Jammu and Kashmir", "13": "Kerala",
    "14": "Lakshadweep", "16": "Maharashtra", "17": "Manipur", "18": "Meghalaya", "19": "Karnataka", "20": "Nagaland",
    "21": "Odisha", "22": "Puducherry", "23": "Punjab", "24": "Rajasthan", "25": "Tamil Nadu", "26": "Tripura",
    "28": "West Bengal", "29": "Sikkim", "30": "Arunachal Pradesh", "31": "Mizoram", "33": "Goa", "34": "Bihar",
    "35": "Madhya Pradesh", "36": "Uttar Pradesh", "37": "Chhattisgarh", "38": "Jharkhand", "39": "Uttarakhand",
    "40": "Telangana", "41": "Ladakh", "52": "Dadra and Nagar Haveli and Daman and Diu",
}  # fmt: skip

# Where GeoNames has several or an outdated one.
HINDI = {
    "Mumbai": "मुंबई", "Delhi": "दिल्ली", "New Delhi": "नई दिल्ली", "Bengaluru": "बेंगलुरु", "Kolkata": "कोलकाता",
    "Chennai": "चेन्नई", "Hyderabad": "हैदराबाद", "Ahmedabad": "अहमदाबाद", "Pune": "पुणे", "Surat": "सूरत",
    "Kanpur": "कानपुर", "Jaipur": "जयपुर", "Lucknow": "लखनऊ", "Nagpur": "नागपुर", "Indore": "इंदौर", "Thane": "ठाणे",
    "Navi Mumbai": "नवी मुंबई",
    "Bhopal": "भोपाल", "Patna": "पटना", "Vadodara": "वडोदरा", "Ghaziabad": "ग़ाज़ियाबाद", "Ludhiana": "लुधियाना",
    "Agra": "आगरा", "Nashik": "नासिक", "Faridabad": "फ़रीदाबाद", "Meerut": "मेरठ", "Rajkot": "राजकोट",
    "Varanasi": "वाराणसी", "Srinagar": "श्रीनगर", "Prayagraj": "प्रयागराज", "Gurugram": "गुरुग्राम",
    "Noida": "नोएडा", "Mysuru": "मैसूरु", "Kochi": "कोच्चि", "Thiruvananthapuram": "तिरुवनंतपुरम",
    "Visakhapatnam": "विशाखापत्तनम", "Puducherry": "पुदुच्चेरी", "Kozhikode": "कोझिकोड", "Coimbatore": "कोयंबटूर",
    "Guwahati": "गुवाहाटी", "Chandigarh": "चंडीगढ़", "Dehradun": "देहरादून", "Ranchi": "रांची", "Raipur": "रायपुर",
    "Jabalpur": "जबलपुर", "Gwalior": "ग्वालियर", "Vijayawada": "विजयवाड़ा", "Jodhpur": "जोधपुर", "Madurai": "मदुरै",
    "Kota": "कोटा", "Amritsar": "अमृतसर", "Howrah": "हावड़ा", "Aligarh": "अलीगढ़", "Bareilly": "बरेली",
    "Moradabad": "मुरादाबाद", "Gorakhpur": "गोरखपुर", "Ayodhya": "अयोध्या", "Mangaluru": "मंगलुरु",
}  # fmt: skip

# Names of before, names on the way, and how people write them; what GeoNames has already does no harm here.
OLD_NAMES = {
    "Mumbai": ("Bombay", "Bambai", "Greater Mumbai"), "Bengaluru": ("Bangalore", "Banglore", "Bengalore"),
    "Kolkata": ("Calcutta", "Kalkatta"), "Chennai": ("Madras",), "Gurugram": ("Gurgaon", "Gudgaon", "Gurgoan"),
    "Varanasi": ("Banaras", "Benares", "Kashi", "बनारस"), "Prayagraj": ("Allahabad", "Prayag", "Illahabad"),
    "Vadodara": ("Baroda", "बड़ौदा"), "Pune": ("Poona", "पूना"), "Thiruvananthapuram": ("Trivandrum",),
    "Kochi": ("Cochin", "Ernakulam"), "Kozhikode": ("Calicut",), "Puducherry": ("Pondicherry", "Pondy"),
    "Visakhapatnam": ("Vizag", "Vizagapatam", "Waltair", "Visakha"), "Vijayawada": ("Bezawada",),
    "Mysuru": ("Mysore",), "Mangaluru": ("Mangalore",), "Hubballi": ("Hubli",), "Belagavi": ("Belgaum",),
    "Kalaburagi": ("Gulbarga",), "Ballari": ("Bellary",), "Shivamogga": ("Shimoga",), "Vijayapura": ("Bijapur",),
    "Tumkur": ("Tumakuru",), "Chikmagalur": ("Chikkamagaluru",), "Kanpur": ("Cawnpore", "Kanpoor"),
    "Shimla": ("Simla",), "Guwahati": ("Gauhati",), "Panjim": ("Panaji", "Panjim Goa"), "Kollam": ("Quilon",),
    "Alappuzha": ("Alleppey",), "Thrissur": ("Trichur",), "Palakkad": ("Palghat",), "Kannur": ("Cannanore",),
    "Tiruchirappalli": ("Trichy", "Tiruchi", "Trichinopoly"), "Thanjavur": ("Tanjore",), "Thoothukudi": ("Tuticorin",),
    "Tirunelveli": ("Tinnevelly", "Nellai"), "Ooty": ("Udhagamandalam", "Ootacamund"), "Coimbatore": ("Kovai",),
    "Kanyakumari": ("Cape Comorin",), "Ayodhya": ("Faizabad", "फ़ैज़ाबाद"), "Mathura": ("Muttra",),
    "Narmadapuram": ("Hoshangabad",), "Aurangabad": ("Chhatrapati Sambhajinagar", "Sambhajinagar"),
    "Dharashiv": ("Osmanabad",),
    "Ahilyanagar": ("Ahmednagar",), "Jabalpur": ("Jubbulpore",), "Medininagar": ("Daltonganj",),
    "Mughalsarai": ("Pandit Deen Dayal Upadhyaya Nagar", "Mugalsarai"), "Gwalior": ("Gwaliar",),
    "Secunderabad": ("Sikandrabad",), "Bareilly": ("Bareli", "Barely"), "Lucknow": ("Lakhnau", "Lukhnow", "Laknau"),
    "Delhi": ("Dilli", "Dehli"), "Noida": ("New Okhla",), "Nashik": ("Nasik",), "Sonipat": ("Sonepat",),
    "Ropar": ("Rupnagar",), "Mohali": ("Sahibzada Ajit Singh Nagar", "SAS Nagar"), "Nuh": ("Mewat",),
    "Medinipur": ("Midnapore",),
    "Barddhaman": ("Burdwan",), "Darjiling": ("Darjeeling",), "Koch Bihar": ("Cooch Behar",),
    "Ahmedabad": ("Amdavad", "Ahmadabad", "अमदावाद"), "Surat": ("Soorat",), "Bharuch": ("Broach",),
    "Khambhat": ("Cambay",),
    "Kadapa": ("Cuddapah",), "Nellore": ("Nelluru",), "Rajamahendravaram": ("Rajahmundry",), "Warangal": ("Orugallu",),
    "Bhubaneswar": ("Bhubaneshwar", "Bhuvaneshwar"), "Cuttack": ("Katak",), "Puri": ("Jagannath Puri",),
}  # fmt: skip
