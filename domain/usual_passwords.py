"""Passwords that are tried first by whoever guesses: the usual ones of at least eight characters, in English and German."""

_TEXT = """
    00000000 0000000000 01234567 0123456789 01012000 09876543 0987654321 1020304050 102030405060 10203040 11112222
    11223344 1122334455 112233445566 11235813 12121212 12131415 12301230 123123123 123123123123 12312312 12341234
    123412345 123454321 1234554321 12345654321 123456654321 12345678 123456780 123456789 1234567890 12345678901
    123456789012 1234567891 12345678910 123456789a 123456789q 12345678a 12345678q 1234567a 1234567q 1234567890q
    123456abc 12345qwert 1234abcd 1234qwer 123654789 123698745 123abc123 123qweasd 123qweasdzxc 13131313 13579246
    135792468 147258369 14725836 14789632 159357456 15935746 1a2b3c4d 1a2s3d4f 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
    1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qazxsw23edc 20002000 20102010 20202020 21212121 22334455 23232323 2wsx3edc
    31415926 314159265 3rjs1la7qe 55667788 69696969 741852963 74108520 76543210 78945612 789456123 7894561230
    87654321 876543210 88887777 963852741 987456321 98765432 987654321 9876543210 99887766 a1234567 a12345678
    a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 ab123456 abc12345 abc123456 abc123abc abcabcabc abcd1234
    abcdabcd abcdef123 abcdefgh abcdefg1 abcdefghi access14 admin123 admin1234 admin12345 administrator alexande
    alexander alexandra anything aq1sw2de arschloch asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl asdfjkl; asdfqwer
    babygirl baseball basketball bayern123 berlin123 blink182 borussia bookshop bookstore buchladen bvb19091909
    butterfly changeme changeme1 charlie1 chocolate christian christmas computer computer1 corvette creative
    danielle darkness dearbook deutschland dragon123 einhorn1 elephant facebook familie1 februar1
    fishing1 football football1 fortnite frankfurt freedom1 friendship fussball fussball1 geheim123 geheimnis
    gfhjkm12 google12 guardian hallo123 hallo1234 hallo12345 hallohallo hamburg1 handball hannover helloworld
    hello123 hello1234 hellohello hunter22 ichliebedich iloveyou iloveyou1 iloveyou2 iloveyou! internet jennifer
    jessica1 jonathan jordan23 kartoffel kennwort kennwort1 killer123 kittycat krankenhaus lasvegas letmein1
    letmein123 letmeinnow liverpool lollipop loveyou1 manchester marathon marlboro master12 maverick mercedes
    metallica michael1 michelle midnight minecraft mississippi monkey12 monkey123 mustang1 naruto123 nicole12
    nintendo passport passw0rd passwd123 password password! password0 password01 password1 password1! password11
    password12 password123 password1234 password2 passwort passwort1 passwort12 passwort123 pa55word p@ssw0rd
    p@ssword patricia photoshop pokemon1 porsche911 princess princess1 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qazwsx123
    qazwsxed qazwsxedc qqww1122 qwaszx12 qwe123qwe qweasd123 qweasdzxc qweqweqwe qwer1234 qwerasdf qwerqwer
    qwert123 qwert1234 qwert12345 qwertyui qwertyuio qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
    qwertz12 qwertz123 qwertzui qwertzuiop rainbow1 rockyou1 rosebud1 samantha samsung1 scarface schalke04 schatz123
    schatzi1 schnecke schokolade scorpion secret12 secret123 shadow12 sommer12 sommer123 sommer2024 sommer2025
    sonnenschein snowball spiderman starwars startrek steelers stephanie strawberry summer12 summer123 sunflower
    sunshine sunshine1 superman superman1 superstar sweetheart swordfish test1234 test12345 testtest testing1
    testing123 thunder1 tinkerbell trustno1 twilight undertaker unicorn1 universe valentina veronica victoria
    wassermann webmaster welcome1 welcome12 welcome123 werder1899 westside whatever william1
    willkommen winter12 winter123 wordpass yxcvbnm1 zaq12wsx zaq1zaq1 zxcvbnm1 zxcvbnm123 zxcvbnm, zxcvzxcv
"""

USUAL_PASSWORDS = frozenset(_TEXT.split())
