"""Invented names: of customers (by language), of the people who write to support, and of the CSMs."""

from numpy.random import Generator

CSMS = {
    "Enterprise": ("Amara Voss", "Ingrid Solheim", "Tomás Rivas"),
    "Mid-market": ("Priya Raman", "Jonas Ebner", "Lucía Ferrán"),
    "SMB": ("Dana Whitlock", "Timur Asanov"),
}

_STEMS = {
    "en": (
        (
            "Alder",
            "Brack",
            "Carn",
            "Dun",
            "Elm",
            "Fal",
            "Gar",
            "Hasel",
            "Ister",
            "Kel",
            "Lin",
            "Mar",
            "Nor",
            "Pem",
            "Quill",
            "Ros",
            "Sten",
            "Tarn",
            "Ul",
            "Ves",
            "Wen",
            "Yar",
            "Zel",
            "Thorn",
            "Ash",
            "Bram",
            "Cold",
            "Fern",
        ),
        (
            "brook",
            "mere",
            "wick",
            "holt",
            "stead",
            "moor",
            "combe",
            "ford",
            "dale",
            "crest",
            "haven",
            "gate",
            "ley",
            "thorpe",
        ),
    ),
    "de": (
        (
            "Hohen",
            "Stein",
            "Lang",
            "Ahorn",
            "Eber",
            "Grün",
            "Kalten",
            "Linden",
            "Moos",
            "Nieder",
            "Ober",
            "Roten",
            "Weiden",
            "Birken",
        ),
        ("bach", "feld", "tal", "hausen", "brück", "wald", "rain", "moor", "stätt", "au"),
    ),
    "es": (
        ("Alm", "Bel", "Cal", "Mont", "Riv", "Sol", "Val", "Pen", "Cast", "Mir", "Ol", "Tor"),
        ("enara", "averde", "adera", "emar", "alisa", "edal", "uzana", "ibel", "arroyo", "ejo"),
    ),
    "ru": (
        ("Altyn", "Bele", "Kara", "Sever", "Step", "Tau", "Uzun", "Zhel", "Aral", "Dom"),
        ("dala", "gor", "bulak", "tas", "stroy", "mash", "polye", "kent", "servis", "orda"),
    ),
    "zh": (
        ("Heng", "Qing", "Rui", "Tian", "Yun", "Zhong", "Hai", "Jin", "Ming", "Xin"),
        ("yuan", "chuang", "heda", "lantu", "shuo", "yulin", "feng", "kaida", "zexin", "boran"),
    ),
}

_TRADES = {
    "Facility services": ("Facilities", "Cleaning", "Site Services", "Property Care"),
    "Energy and utilities": ("Energy", "Grid Services", "Solar", "Utilities"),
    "Heating and cooling": ("Climate", "Heating", "Air Systems", "Refrigeration"),
    "Construction": ("Builders", "Construction", "Interiors", "Roofing"),
    "Medical equipment": ("Medical", "Diagnostics", "Lab Service", "Care Devices"),
    "Security": ("Security", "Alarm Systems", "Access Control", "Guarding"),
    "Telecom": ("Networks", "Fibre", "Telecom", "Cabling"),
    "Logistics": ("Logistics", "Fleet", "Freight", "Cold Chain"),
}
INDUSTRIES = tuple(_TRADES)

_LEGAL = {
    "GB": ("Ltd", "Group plc", "LLP"),
    "IE": ("Ltd", "DAC"),
    "US": ("Inc.", "LLC", "Corp."),
    "CA": ("Inc.", "Ltd"),
    "AU": ("Pty Ltd",),
    "NL": ("B.V.",),
    "BE": ("BV", "NV"),
    "SE": ("AB",),
    "DK": ("A/S", "ApS"),
    "NO": ("AS",),
    "FI": ("Oy",),
    "DE": ("GmbH", "AG", "GmbH & Co. KG"),
    "AT": ("GmbH",),
    "CH": ("AG", "GmbH"),
    "ES": ("S.L.", "S.A."),
    "MX": ("S.A. de C.V.",),
    "CO": ("S.A.S.",),
    "CL": ("SpA",),
    "KZ": ("LLP",),
    "AM": ("LLC",),
    "KG": ("LLC",),
    "GE": ("LLC",),
    "CN": ("Co., Ltd.",),
    "SG": ("Pte. Ltd.",),
    "MY": ("Sdn. Bhd.",),
}

PEOPLE = {
    "en": (
        "Hannah",
        "Owen",
        "Grace",
        "Callum",
        "Priya",
        "Marcus",
        "Ella",
        "Dev",
        "Nora",
        "Sam",
        "Ruth",
        "Ben",
        "Aisha",
        "Leo",
        "Joan",
        "Piet",
        "Maja",
        "Erik",
        "Lotte",
        "Aoife",
        "Kim",
        "Tess",
        "Victor",
        "Yasmin",
    ),
    "de": ("Katrin", "Jürgen", "Lena", "Matthias", "Sabine", "Florian", "Anke", "Stefan", "Birgit", "Tobias"),
    "es": ("Marta", "Javier", "Carmen", "Andrés", "Pilar", "Diego", "Lorena", "Rubén", "Inés", "Álvaro"),
    "ru": ("Айгуль", "Сергей", "Марина", "Данияр", "Ольга", "Артур", "Наталья", "Руслан", "Елена", "Тимур"),
    "zh": ("李敏", "王浩", "张丽", "陈晨", "刘洋", "赵琳", "周杰", "吴倩", "孙磊", "林芳"),
}


def company_name(rng: Generator, language: str, country: str, industry: str, used_stems: set[str]) -> str:
    """Return an invented company name whose first word is not in `used_stems`, and add that word to it."""
    fronts, backs = _STEMS[language]
    while True:
        stem = fronts[rng.integers(len(fronts))] + backs[rng.integers(len(backs))]
        trade = _TRADES[industry][rng.integers(len(_TRADES[industry]))]
        if stem not in used_stems:
            break
    used_stems.add(stem)
    legal = _LEGAL[country]
    shape = rng.random()
    if shape < 0.12:
        other = fronts[rng.integers(len(fronts))] + backs[rng.integers(len(backs))]
        if other != stem:
            return f"{stem} & {other} {trade} {legal[rng.integers(len(legal))]}"
    if shape < 0.30:
        return f"{stem} {trade}"
    return f"{stem} {trade} {legal[rng.integers(len(legal))]}"
