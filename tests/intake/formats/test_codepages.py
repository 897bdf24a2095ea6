"""Short exports in the languages and encodings that office programs write: the text comes out as it went in."""

from __future__ import annotations

import random

import pytest

from cs_dash.intake.formats import codepages, encodings

TEXTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "German": (("cp1252", "mac_roman", "cp850"), (
        "Kundennummer;Firma;Kunde seit;Kündigungsgrund", "4711;Müller & Söhne GmbH;01.03.2024;zu teuer",
        "4712;Bäckerei Groß;15.04.2024;Wechsel zur Konkurrenz", "4713;Schäfer AG;03.06.2024;läuft aus")),
    "French": (("cp1252", "mac_roman"), (
        "Compte;Entreprise;Région;Raison", "C1;Société Générale;Île-de-France;trop cher",
        "C2;Hôtel du Nord;Bretagne;concurrence", "C3;Boulangerie François;Paris;pas utilisé")),
    "Spanish": (("cp1252", "mac_roman"), (
        "Empresa;País;Región;Motivo", "España Móvil;España;Centro;precio", "Peña Hermanos;México;Norte;Demasiado caro",
        "Compañía Andina;Perú;Sur;¿no lo usó?")),
    "Portuguese": (("cp1252", "mac_roman"), (
        "Cliente;Região;Situação", "São Paulo Informática;Sudeste;ativa", "Construções Lda;Lisboa;não paga")),
    "Portuguese with ordinals": (("cp1252",), (
        "Nº do chamado;Cliente", "7;Nome não achado", "8;Não consigo entrar", "9;2ª via")),
    "Italian": (("cp1252", "mac_roman"), (
        "Cliente;Città;Perché", "Società Generale;Forlì;è già passato", "Caffè Pascucci;Roma;più economico")),
    "Swedish": (("cp1252", "mac_roman"), (
        "Företag;Land;Säljare", "Ångström AB;Sverige;Åsa Öberg", "Västerås Bil;Sverige;Håkan")),
    "Danish": (("cp1252", "mac_roman"), ("Kunde;By;Årsag", "Ørsted;København;for dyrt", "Mærsk;Århus;bruger det ikke")),
    "Icelandic": (("cp1252",), ("Nafn;Ástæða", "Íslandsbanki;of dýrt", "Þjóðleikhúsið;hætt")),
    "English": (("cp1252", "mac_roman"), (
        "name;note", "Acme;“quoted” – it’s fine", "Beta;the café’s plan", "Gamma;“sure” — maybe…")),
    "English with money": (("cp1252",), ("name;price", "Acme;£50", "Beta;€ 70", "Gamma;90 €")),
    "Polish": (("cp1250",), (
        "Klient;Województwo;Powód", "Żabka Polska;Wielkopolskie;zbyt drogo", "Łódzkie Zakłady;Łódź;nie używają")),
    "Czech": (("cp1250",), (
        "Zákazník;Kraj;Důvod", "Škoda Auto;Středočeský;příliš drahé", "Plzeňský Prazdroj;Plzeň;nepoužívají")),
    "Hungarian": (("cp1250",), ("Ügyfél;Város;Ok", "Győri Keksz;Győr;túl drága", "Fővárosi Vízművek;Buda;más kell")),
    "Turkish": (("cp1254",), ("Müşteri;Şehir;Neden", "Yıldız Holding;İstanbul;çok pahalı", "Boğaz;Eskişehir;sığmıyor")),
    "Lithuanian": (("cp1257",), ("Klientas;Priežastis", "Vilniaus šilumos tinklai;per brangu", "Žalgiris;išėjo į kt")),
    "Greek": (("cp1253",), ("Πελάτης;Πόλη;Λόγος", "Εταιρεία Αθηνών;Αθήνα;πολύ ακριβό", "Όμιλος;Πάτρα;δεν χρειάζεται")),
    "Russian": (("cp1251", "koi8_r", "cp866"), (
        "Клиент;Тариф;Причина оттока", "ООО «Ромашка»;Базовый;дорого", "ИП Иванов;Профи;не пользуются",
        "АО ГАЗПРОМ;Профи;ушли к конкуренту")),
    "Ukrainian": (("cp1251",), ("Клієнт;Тариф;Причина", "Київстар;Бізнес;надто дорого", "Приват;Старт;не потрібно")),
    "Chinese": (("gb18030", "gbk"), (
        "客户编号,客户名称,套餐", "1,北京科技有限公司,专业版", "2,腾讯,深圳", "3,Lenovo,联系人已离职，续约困难")),
    "Chinese of Taiwan": (("big5",), ("客戶編號,客戶名稱,方案", "1,台灣大哥大,專業版", "2,中華電信,太貴，不再使用")),
    "Japanese": (("shift_jis", "euc_jp"), (
        "顧客番号,顧客名,プラン", "1,東京商事株式会社,プロ", "2,大阪ソフト,利用頻度が低下", "3,NEC,担当者が退職")),
    "Korean": (("cp949",), ("고객,요금제,사유", "삼성전자,프로,너무 비쌈", "현대자동차,기본,사용하지 않음")),
}  # fmt: skip
CASES = [(language, encoding) for language, (written, _) in TEXTS.items() for encoding in written]
TABLES = 40
UNDECIDABLE = {("Danish", "mac_roman"): 0.1, ("Lithuanian", "cp1257"): 0.25}
"""Two ø in a whole file are two Polish ż to Windows, and one Lithuanian š is a Turkish ş; all else is read right."""


def error_rate(language: str, encoding: str) -> float:
    """Share of small tables in a language that come out otherwise; half of them have English column names."""
    rng, (head, *rows) = random.Random(f"{language} {encoding}"), TEXTS[language][1]
    tried = wrong = 0
    while tried < TABLES:
        names = head if rng.random() < 0.5 else head.encode("ascii", "ignore").decode()
        text = "\r\n".join([names, *(rng.choice(rows) for _ in range(rng.choice((1, 2, 3, 8, 40)))), "Acme;US;"])
        data = text.replace("«", '"').replace("»", '"').encode(encoding) if encoding in ("koi8_r", "cp866") else None
        data = data or text.encode(encoding)
        if data.isascii():
            continue
        tried += 1
        decoded = encodings.text(data)
        wrong += decoded is None or decoded[0] != data.decode(encoding)
    return wrong / tried


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_short_exports_are_read_in_their_encoding(language: str, encoding: str) -> None:
    assert error_rate(language, encoding) <= UNDECIDABLE.get((language, encoding), 0.0)


def test_what_makes_sense_in_no_encoding_is_left_to_statistics() -> None:
    assert codepages.likeliest(b"bo\xff\xffgie") is None


def test_a_known_column_name_tells() -> None:
    assert codepages.likeliest("Währung\nUSD\n".encode("cp1252")) == "cp1252"
    assert codepages.likeliest("Währung\nUSD\n".encode("mac_roman")) == "mac_roman"
    assert codepages.likeliest("валюта\nUSD\n".encode("koi8_r")) == "koi8_r"
