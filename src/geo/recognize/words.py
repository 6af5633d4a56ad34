"""The word lists behind the rules, for English news."""


def word_set(text: str) -> frozenset[str]:
    """Return words that stand with spaces between."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return phrases that stand with semicolons between."""
    return frozenset(phrase.strip() for phrase in text.split(";"))


DIRECTIONS = word_set(
    "north south east west northern southern eastern western central northeast northwest "
    "southeast southwest northeastern northwestern "
    "southeastern southwestern upper lower"
)

# Between the last two of a list.
CONJUNCTIONS = word_set("and or")

# In lower case inside names: "Rio de Janeiro", "Isle of Man".
JOINING_WORDS = word_set(
    "of the and de la du del di da do dos das der den le les el al y e i en on upon am an im sur "
    "aux d"
)

# In lower case at the end of a name: "Luhansk region", "Gukovo border checkpoint".
TYPE_WORDS = word_set(
    "oblast oblasts region regions province provinces checkpoint border crossing point post raion "
    "raions rayon district districts airport river reservoir county counties republic state "
    "peninsula"
)

# Words between a preposition and a name that change nothing: "near the embattled Donetsk".
DETERMINERS = word_set("the a an this that its their his her whole all much most rest nearby")

LOCATIVES = word_set(
    "in into inside within near around outside at across through throughout toward towards via "
    "beyond behind above over along onto off to from leave leaves leaving left enter enters "
    "entered entering reach reaches reached reaching approach approached approaching cross "
    "crosses crossed crossing seize seized seizing capture captured capturing recapture "
    "recaptured retake retaken retook retaking take taken took shell shelled shelling bomb "
    "bombed bombing storm stormed storming encircle encircled encircling surround surrounded "
    "besiege besieged visit visited visiting invade invades invaded invading annex annexed "
    "flee fled control controlled controls hold held holding abandon abandons abandoned between "
    "under outskirts town city village suburb port capital region oblast "
    "area called named"
)

# Before "of": what belongs to a state rather than to a stretch of land.
STATE_NOUNS = word_set(
    "government governments army armies people president presidents minister ministers premier "
    "premiers leader leaders head heads republic republics ministry "
    "parliament authorities forces troops military citizens friends enemies allies supporters "
    "support denial ambassador delegation accusation accusations interests sovereignty integrity "
    "independence recognition behalf embassy consul side council bank institute university academy "
    "organization organisation federation church bishop archbishop mayor governor college"
)

# "experts from Australia", "volunteers from Russia": people who stand for their country.
PEOPLE = word_set(
    "teams team experts expert monitors monitor officials official delegates delegation "
    "diplomats diplomat observers volunteers volunteer fighters mercenaries ministers leaders "
    "representatives independence support aid help pressure sanctions demands statement "
    "funding weapons"
)

# "war between Ukraine and Russia", "sanctions on Russia": dealings of states.
RELATION_PREPOSITIONS = word_set("between with on against towards toward")
RELATIONS = word_set(
    "war wars talks talk relations relationship ties agreement deal sanctions conflict ceasefire "
    "truce negotiations treaty trade alliance friendship cooperation dispute tensions standoff"
)

APPEALS = word_set("appealed appeal appeals loyal said told")
OBJECT_VERBS = word_set(
    "accuse accuses accused accusing charge charges charged charging blame blames blamed urge "
    "urges urged tell tells told warn warns warned condemn condemned support supports "
    "supported supporting criticize criticized criticise criticised by against for as until "
    "unless because while if although though that says say fears recognize recognise joining "
    "join persuade pressure pressured isolate sanction sanctioned thank thanked wants want"
)

# Behind a name or its possessive: who acts for it.
STATE_ACTORS = word_set(
    "troops troop forces force government army armies loyalists regime authorities officials "
    "official officers administration spokesman spokeswoman spokesperson conscripts military "
    "national rebels militants separatists militia militias police parliament embassy junta side "
    "department president minister ministry backers allies supporters soldiers fighters "
    "commanders leaders leadership politicians coup sponsored delegation ambassador servicemen "
    "paratroopers guard guards council governor mayor lawmakers court prosecutors gunmen "
    "insurgents"
)

# Behind a possessive: the land itself.
LAND_NOUNS = DIRECTIONS | word_set(
    "border borders frontier territory soil land coast coastline airspace region regions oblast "
    "province provinces district districts city cities town towns village villages capital "
    "suburb suburbs outskirts centre center streets street airport station port square steppe "
    "forests fields river rivers mountains islands mainland interior heartland hospital "
    "hospitals hotel hotels morgue stadium university railway industrial neighbourhoods "
    "neighborhoods population residents residential downtown main"
)

# Behind a name: only people do this, so the name stands for them.
STATE_VERBS = word_set(
    "said says say saying announced announces accused accuses accuse denied denies deny denying "
    "claimed claims claim confirmed confirms confirm warned warns told tells insisted insists "
    "demanded demands rejected rejects condemned condemns called calls urged urges blamed blames "
    "responded replied vowed vows threatened threatens agreed agrees refused refuses wants "
    "wanted hopes hoped believes fears feared sent sends supplied supplies backed backs launched "
    "launches ordered orders imposed imposes banned bans recognized recognizes recognised "
    "withdrew withdraws withdraw signed signs declared declares proposed proposes offered offers "
    "expects expected plans planned seeks sought suspended disputed disputes admitted admits "
    "acknowledged charged charges captured captures flexes stages invaded abandons"
)
# The same behind a state's or a capital's name; behind a town's they tell nothing.
AUXILIARIES = word_set(
    "must should may might could can would will has have had is are was were does did do "
    "narrowly repeatedly also never now still faces faced gave gives lost loses stopped to"
)

# Behind "US" or "EU" these are no noun that it describes: "US said", "US and".
FUNCTION_WORDS = (
    AUXILIARIES
    | STATE_VERBS
    | word_set(
        "and or but nor as at by for from in into of off on out over than that the this to under "
        "up with who which while when where why how if because since until after before during a "
        "an it they he she we not then there here against between about all both"
    )
)

STATE_PREFIXES = word_set("pro anti non counter")
STATE_SUFFIXES = word_set(
    "backed led controlled installed supported sponsored appointed imposed aligned allied "
    "funded armed trained friendly loyal run brokered leaning organized organised supplied"
)

# Capitals and seats of power stand for their governments far more often than other towns do.
CAPITALS = word_set(
    "kyiv kiev moscow washington brussels berlin paris london warsaw minsk beijing ankara tehran "
    "vilnius riga tallinn kremlin chisinau bucharest budapest prague vienna"
)

HONORIFICS = word_set(
    "Mr Mrs Ms Dr Sir Gen General Col Colonel Maj Major Capt Captain Lt Lieutenant Sgt Sergeant "
    "Prof Professor Father Bishop Judge Senator Rep Sen Congressman"
)
# Joined to a town's name by a hyphen, they make the name of another one.
PREFIXES_OF_NAMES = word_set(
    "Novo Staro Verkhno Verkhne Nyzhno Nizhne Nizhny Velyko Malo Stara Nova"
)

# Behind a country's name they are no surname: "Georgia President Saakashvili".
TITLES = HONORIFICS | word_set("President Premier Minister Prime Governor Mayor State Police")
GIVEN_NAMES = word_set(
    "Alexander Aleksandr Oleksandr Alexei Aleksei Oleksiy Anatoly Anatoliy Andrei Andrey Andriy "
    "Anna Anton Arsen Arseny Arseniy Boris Borys Catherine Charlotte Chelsea Christian David "
    "Denis Denys Dmitry Dmytro Elena Olena Eugene Evgeny Yevhen Florence Francois Gennady "
    "George Georgia Georgy Grigory Harriet Igor Ihor Ilya Irina Iryna Israel Ivan Jack James "
    "Jane Jean Joe John Jordan Joseph Julia Yulia Katerina Kateryna Ksenia Laura Leonid Lyudmila "
    "Maria Marat Mark Martin Mary Maxim Maksym Michael Mikhail Mykhailo Milan Mykola Natalia "
    "Nikolai Oleg Oleh Olga Olha Paris Pavel Pavlo Peter Petr Petro Philip Paul Richard Robert "
    "Roman Ruslan Sergei Sergey Serhiy Sofia Stepan Sarah Svetlana Tatiana Taras Thomas Valery "
    "Valentin Vasily Vassily Vasyl Victor Viktor Viktoria Victoria Vitaly Vladimir Volodymyr "
    "Vladislav Vyacheslav William Yaroslav Yuri Yury Yuriy Zoya"
)

# Behind a name, what makes it part of an outlet's or a military unit's.
OUTLET_WORDS = word_set("Times Herald Tribune Gazette Telegraph Chronicle Courier Observer")
UNIT_WORDS = word_set("battalion battalions regiment brigade")

# Words that begin sentences, and others with a capital that are towns somewhere: "March", "We".
ORDINARY_WORDS = word_set(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday mon tue wed thu fri sat sun i we he she it they you who what which whose "
    "this that these those there here then now so as at by for from in into of on off over to "
    "up with without within and or but nor if when while where why how because since until "
    "after before during although though however meanwhile also even still yet just only not no "
    "yes most many much more some few all any each every both either neither other another such "
    "same one two three four five six seven eight nine ten first second third last next new old "
    "our your his her its their my me us him them god lord police president minister senator "
    "representative republic university college school church center centre inc corp ltd co rep "
    "sen gov sgt lt col gen capt maj mr mrs ms dr jr sr st un eu nato republican democrat "
    "democratic union party court house senate congress state states city county north south "
    "east west today tomorrow yesterday christmas easter independence constitution army navy "
    "island bay lake river mount street avenue road park hall hospital airport bank saint im "
    "ive ill id weve were youve youre theyre theyve dont doesnt thats whats lets"
)

# What stands behind a town and a comma: "Paris, Texas", "Springfield, Ill.".
STATES_BEHIND_COMMAS = word_set(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
    "Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts "
    "Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada New North South West Ohio "
    "Oklahoma Oregon Pennsylvania Rhode Tennessee Texas Utah Vermont Virginia Washington Wisconsin "
    "Wyoming Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo "
    "Mont Neb Nev N.H. N.J. N.M. N.Y. N.C. N.D. Okla Ore Pa R.I. S.C. S.D. Tenn Tex Vt Va Wash "
    "Wis Wyo D.C. AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA MD MA MI MN MO MT NE "
    "NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC Ontario Quebec "
    "Alberta England Scotland Wales Ireland Canada Australia France Germany Italy Spain Poland "
    "Russia Ukraine Belarus Turkey Syria Iraq Israel China India Pakistan Japan Mexico Brazil "
    "Nigeria Kenya"
)

# They begin sentences, or name days, and are no places' names when they stand alone.
CLOSED_CLASS = word_set(
    "The A An In On At By For From Of To With And But Or If As It Its He She They We You I His Her "
    "Their Our My Your This That These Those There Here When While Where What Which Who Why How "
    "Not No Yes So Then Now After Before Since Until During Although Though However Because Also "
    "Both All Some Many Most Such One Two Three Other Another Each Every Only Even Just Still Yet "
    "Is Are Was Were Has Have Had Do Does Did Will Would Can Could Should Must Be Let "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July "
    "August September October November December Today Yesterday Tomorrow Four Five Six Seven Eight "
    "Nine Ten Dozens Hundreds Thousands Millions According Last Next More Less Few Several Among "
    "Between Instead Earlier Later Meanwhile Following Despite Under Over Without Within Like "
    "Unlike Once Any Anyone Everyone Someone Nobody None Everything Something Nothing Maybe "
    "Perhaps Further Additionally Moreover Elsewhere Thus Therefore Otherwise Sometimes Usually "
    "Currently Recently About Around Again Never Always Often Well Please Thank Neither Either Nor "
    "Mr Mrs Ms Dr I'm I've I'd I'll They're They've We're "
    "We've We'll You're You've Don't Didn't I’m I’ve I’d I’ll "
    "They’re They’ve We’re We’ve We’ll You’re You’ve Don’t Didn’t"
)
