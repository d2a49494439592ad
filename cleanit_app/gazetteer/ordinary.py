"""Words of an address that are no name by themselves: what says where beside a place, what stands or lies there."""

from __future__ import annotations

from cleanit_app.domain.searching.words import words_of

_WORDS = """
के की का को में से पर पीछे सामने पास बगल ऊपर नीचे किनारे आगे बीच और एक मेरे हमारे मेरा हमारा नया नई पुराना
पुरानी बड़ा बड़ी छोटा छोटी मागे समोर जवळ शेजारी खाली वर बाजूला कडेला माझ्या आमच्या च्या ची चा चे नवीन जुना जुनी
मोठा मोठी ke ki ka ko me mein main se par piche peeche samne saamne paas pas bagal upar neeche kinare aage mere
hamare naya nai purana behind near opp opposite beside back front next of the in at to and by on a an my our
this that here there side above below between around outside inside east west north south पूर्व पश्चिम उत्तर
दक्षिण new old big small left right end first second no number garbage rubbish trash waste litter debris plastic
bottle bottles heap heaps pile dump dirty dirt broken open blocked full india bharat भारत इंडिया clean cleanup
cleaning hello test please help कूड़ा कूड़े कूड़ेदान कचरा कचरे गंदगी गंदा गंदी गंदे मलबा प्लास्टिक बोतल ढेर टूटा
टूटी टूटे खुला खुली भरा सफ़ाई साफ़ घाण उघडा ढीग kooda kuda koora kude kachra kachara kachre gandagi ganda gandi
gande malba dher khula safai saaf tuta tooti drain drains sewer gutter nala nali naala naali nalla naale nale
nahar canal river bank pond lake tank well ghat talab beach नाला नाली नाले नालियाँ गटर नहर नदी तालाब झील कुआँ
घाट ताल कालवा तलाव विहीर समुद्र house home building flat plot shop shops office gate corner wall pole tree
ground field playground crossing chowk घर मकान दुकान दफ़्तर कोना दीवार खंभा पेड़ मैदान प्लॉट चौक चौराहा तिराहा
गेट इमारत मोहल्ला मुहल्ला बस्ती ghar makan dukan maidan chauraha tiraha mohalla basti khali street road rd lane
gali galli gully marg sadak sarak highway bypass footpath pavement bridge flyover underpass line lines गली सड़क
रोड मार्ग पुल फुटपाथ गल्ली रस्ता रस्त्यावर रस्ते पूल लाइन लेन park garden school college university hospital
clinic temple mandir masjid mosque church gurudwara gurdwara station stand stop bus metro railway rail train
auto taxi market mandi sabzi sabji subzi bazar bazaar mall cinema atm post petrol pump पार्क बाग़ीचा उद्यान
स्कूल विद्यालय कॉलेज शाळा अस्पताल क्लिनिक रुग्णालय दवाखाना मंदिर मस्जिद चर्च गुरुद्वारा स्टेशन स्टैंड स्टँड बस
मेट्रो रेलवे बाज़ार मंडी सब्ज़ी बैंक डाकघर पेट्रोल पंप मॉल सिनेमा टंकी थाना sector sec ward block phase area
colony zone pin pincode code pocket floor tower pillar सेक्टर वार्ड ब्लॉक फेज कॉलोनी इलाक़ा पिन पिनकोड कोड नं
नंबर क्रमांक
"""
ORDINARY = frozenset(words_of(_WORDS) + [one for part in _WORDS.split() for one in words_of(part)])
