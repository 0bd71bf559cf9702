"""The trade's subject schemes as tables: the beginning of a code, and the shop's subjects for all that begins so.

Thema, BISAC and BIC are their makers' (EDItEUR, BISG, BIC); the Warengruppen-Systematik is the German trade's; Dewey is
OCLC's. The tables say no more than a shelf needs.
"""

from __future__ import annotations

from typing import Final

Table = dict[str, tuple[str, ...]]


def _table(text: str) -> Table:
    """``code code: subject subject`` a line."""
    table: Table = {}
    for line in text.strip().splitlines():
        codes, _, subjects = line.partition(":")
        for code in codes.split():
            table[code] = tuple(subjects.split())
    return table


THEMA: Final = _table("""
A: art
AT ATX: art
C: language
CJ: language
DB: classics
DC: poetry
DD: drama
DN: biography
DNB DNC: biography
DNL: fiction
DNP DNX: society
DNXC: crime society
DNT: fiction
DS: language
F FB FBA FBAN FC FD FG FJ FN FQ FS FT FX FY FYB FYT FW FP: fiction
FBC: classics fiction
FDB FDK FDM FL: science-fiction
FF: crime
FFD FFL FFJ: crime
FFH: crime historical-fiction
FFS: crime humour
FH: thriller
FJM: historical-fiction
FK: horror
FM: fantasy
FMR: fantasy romance
FN: fantasy
FP FR: romance
FRH: romance historical-fiction
FRD: romance
FU: humour
FV: historical-fiction
FXL: fiction
FZ: reference
G GB GL GP GT: reference
J JB JH JK JN JP JW: society
JM: psychology
K: business
KC KF KJ KN: business
L: society
M: health
N NH NK: history
P PB PD PG PH PN: science
PS: science nature
QD: philosophy
QR: religion
R RB RG: science
RN: nature
RP: society
S: hobbies
T TB TD TG TH TJ TN TQ TR TT: technology
TV: nature
U: technology
V VF VFD VFJ VFM: health
VFV VFX: self-help health
VS: self-help
VSP: self-help psychology
VX: self-help
W WC WD WF WG WJ WK WS: hobbies
WB: cooking
WH: humour
WM: nature hobbies
WN: nature
WQ: history
WT: travel
WTL: travel
X: comics
XAM: comics
Y: children
YB: picture-books children
YBL: picture-books children
YD: children poetry
YF: children
YFC YFCF: children
YFH: children fantasy
YFG: children science-fiction
YFT: children historical-fiction
YN: children
YP YR: children reference
YX YXF: children
""")

BISAC: Final = _table("""
ANT CRA GAM GAR HOM SPO TRA: hobbies
ARC ART DES MUS PER PHO: art
BIB REL: religion
BIO: biography
BUS: business
CGN: comics
CKB: cooking
COM TEC: technology
DRA: drama
EDU LAW POL SOC: society
FAM: self-help health
FIC: fiction
FIC004: classics fiction
FIC006 FIC030 FIC031 FIC036 FIC037: thriller
FIC009 FIC010: fantasy
FIC014 FIC032: historical-fiction
FIC015 FIC024: horror
FIC016 FIC052 FIC060: humour
FIC022 FIC050 FIC062: crime
FIC027 FIC005: romance
FIC028 FIC055 FIC040: science-fiction
FOR LAN LIT: language
HEA MED: health
HIS: history
HUM: humour
JUV JNF: children
JUV002: children
JUV008: children comics
JUV015 JUV037: children fantasy
JUV016: children historical-fiction
JUV053: children science-fiction
LCO: fiction
MAT SCI: science
NAT PET: nature
OCC: self-help religion
PHI: philosophy
POE: poetry
PSY: psychology
REF STU: reference
SEL: self-help
TRU: crime society
TRV: travel
YAF YAN: young-adult
YAF010: young-adult comics
YAF019 YAF017: young-adult fantasy
YAF024: young-adult historical-fiction
YAF026: young-adult horror
YAF052: young-adult romance
YAF056: young-adult science-fiction
YAF062: young-adult thriller
""")

BIC: Final = _table("""
A: art
B: biography
BT: society
BTC: crime society
C: language
D DQ: fiction
DB: classics
DC: poetry
DD: drama
DN: fiction
DS: language
F FA FJ FQ FT FW FY: fiction
FC: classics fiction
FF: crime
FFH: crime historical-fiction
FH: thriller
FJM: historical-fiction
FK: horror
FL: science-fiction
FM: fantasy
FP FR: romance
FRH: romance historical-fiction
FV: historical-fiction
FX: comics
FZ: reference
G: reference
H HB HD: history
HP: philosophy
HR: religion
J JF JH JK JN JP JW: society
JM: psychology
K: business
L: society
M: health
P: science
PS: science nature
R RB RG RP: science
RN: nature
T: technology
TV: nature
U: technology
V VF VFD: health
VFV VFX: self-help health
VS VX: self-help
VSP: self-help psychology
W WC WD WF WG WJ WK WS: hobbies
WB: cooking
WH: humour
WM: nature hobbies
WN: nature
WQ: history
WT: travel
Y YF YN YQ YX: children
YB: picture-books children
YFH: children fantasy
YFG: children science-fiction
YFT: children historical-fiction
YFM: young-adult romance
YR: children reference
""")

# Warengruppen-Systematik neu of the German book trade; its first digit is the binding and is cut off.
WARENGRUPPEN: Final = _table("""
1 11 112 113: fiction
111: classics fiction
12 121: crime
122: thriller
13 131: science-fiction
132: fantasy
133: fantasy
14: children
15 151: poetry
152: drama
16: biography
17: humour
18 181 182 183: comics
2: children
21: picture-books children
26: young-adult
3: travel
4: self-help
41: hobbies
42: nature hobbies
43: hobbies
44: hobbies
45: cooking
46: health
47: self-help
48: self-help
5: philosophy
52: philosophy
53: psychology
54: religion
55: history
56: language
57: society
58: art
59: art
6: science
63: technology
66: science
67: science nature
68: technology
69: health
7: society
78: business
8: reference
91: language reference
92: philosophy religion
93: psychology
94: history
95: art
96: art
97: society
98: science nature
985: technology
99: reference
""")

# Dewey (and the German national library's groups, which follow it), by the digits before and after the point.
DEWEY: Final = _table("""
0: reference
004 005 006: technology
1: philosophy
15: psychology
158: self-help
2: religion
3: society
33: business
4: language
5: science
508 577 578 58 59: nature
6: technology
61: health
63: nature
641: cooking
64: hobbies
65: business
7: art
741.5: comics
79: hobbies
8: fiction
80: language
811 821 831 841 851 861 871 881: poetry
812 822 832 842 852 862 872 882: drama
87 88: classics
9: history
91: travel
910 914 915 916 917 918 919: travel
92 929: biography
""")
