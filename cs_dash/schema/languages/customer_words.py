"""The words of which column names for a customer's id are made: what customers are called, and what an id is called.

Names such as "Client no.", "ID assinante" or "Kundennummer" are put together from these lists instead of being listed
one by one. Words are written as people write them; matching folds case, accents, punctuation and plural endings.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CustomerWords:
    """The words of one language, separated by commas.

    Attributes:
        customers: what companies call their customers, in the forms that occur before or behind an id word.
        users: people; they are the customers where nothing else is.
        ids: words for the id of something.
        names: words for the name of something.
        links: what may stand between two of them.
        before: the id words that may stand before a customer; "" for all of them.
    """

    customers: str
    users: str
    ids: str
    names: str
    links: str = ""
    before: str = ""


CUSTOMER_WORDS: dict[str, CustomerWords] = {
    "English": CustomerWords(
        "customer, cust, client, account, acct, acc, company, organization, organisation, org, tenant, workspace, "
        "merchant, subscriber, debtor, payer, buyer, firm, business partner, licensee, lessee, policyholder, "
        "end customer, sold to, bill to",
        "user, member, player, patient, student, guest, shopper, donor, learner",
        "id, number, no, nr, num, nbr, code, key, ref, reference, identifier, identification, uuid, guid, unique, "
        "internal",
        "name, full name, legal name, display name",
        "of, of the",
        before="id, code, key",
    ),
    "German": CustomerWords(
        "Kunde, Kunden, Kd, Debitor, Debitoren, Mandant, Mandanten, Firma, Firmen, Unternehmen, Unternehmens, "
        "Organisation, Organisations, Account, Abonnent, Abonnenten, Auftraggeber, Geschäftspartner, Vertragspartner, "
        "Klient, Klienten, Händler, Mieter, Teilnehmer, Käufer",
        "Benutzer, Nutzer, Mitglied, Mitglieds, Anwender, Schüler, Patient, Patienten",
        "ID, Nummer, Nr, No, Code, Kennung, Kürzel, Schlüssel, Kennzeichen, Ident, Referenz, Key",
        "Name, Bezeichnung",
        "des, der, vom",
    ),
    "French": CustomerWords(
        "client, compte, entreprise, société, organisation, abonné, souscripteur, adhérent, locataire, commerçant, "
        "marchand, titulaire",
        "utilisateur, membre, élève, étudiant, patient",
        "ID, identifiant, code, numéro, num, no, n, réf, référence, clé, matricule",
        "nom, raison sociale, dénomination, libellé",
        "de, du, de la, de l, d",
    ),
    "Spanish": CustomerWords(
        "cliente, empresa, cuenta, organización, compañía, abonado, suscriptor, sociedad, comercio, inquilino, "
        "arrendatario, titular, contratante, deudor",
        "usuario, miembro, socio, alumno, estudiante, paciente",
        "ID, código, cod, número, num, nro, no, n, clave, identificador, referencia, ref",
        "nombre, razón social, denominación",
        "de, del, de la, al",
    ),
    "Portuguese": CustomerWords(
        "cliente, empresa, conta, organização, companhia, assinante, contratante, tomador, lojista, locatário, "
        "inquilino, comerciante, titular, devedor, sacado",
        "usuário, utilizador, membro, aluno, estudante, sócio, paciente",
        "ID, código, cod, número, num, nro, no, n, chave, identificador, matrícula, referência, ref",
        "nome, razão social, denominação",
        "do, da, de",
    ),
    "Russian": CustomerWords(
        "клиент, клиента, компания, компании, организация, организации, контрагент, контрагента, заказчик, заказчика, "
        "аккаунт, аккаунта, абонент, абонента, подписчик, подписчика, покупатель, покупателя, предприятие, "
        "предприятия, фирма, фирмы, арендатор, арендатора, плательщик, плательщика",
        "пользователь, пользователя, участник, участника, ученик, ученика, студент, студента, пациент, пациента",
        "ID, ИД, код, номер, no, N, идентификатор, ключ, учетный номер, лицевой счет, номер лицевого счета",
        "название, имя, наименование",
    ),
    "Chinese": CustomerWords(
        "客户, 顾客, 公司, 企业, 账户, 帐户, 组织, 租户, 商户, 订阅者, 订户, 单位, 甲方",
        "用户, 会员, 学员, 学生, 患者",
        "编号, ID, 号, 号码, 代码, 编码, 代号, 标识, 标识符, 识别码",
        "名称, 名, 全称",
        "的",
    ),
}

TAX_NUMBERS = (
    "CNPJ, CPF, ИНН, INN, ОГРН, ОГРНИП, SIRET, SIREN, ABN, ACN, EIN, FEIN, USCC, unified social credit, "
    "统一社会信用代码, 社会信用代码, 信用代码, 税号, 纳税人识别号, USt Id, USt IdNr, "
    "Umsatzsteuer Id, Umsatzsteuer Identifikation, intracommunautaire, "
    "intracomunitario, Partita IVA, P IVA, NIF, CIF, RFC, CUIT, RUT, NIT, NIP, GSTIN, LEI, "
    "Handelsregister, HRB"
)
"""What numbers of tax offices and registers are called."""
TAX_WORDS = (
    "VAT, tax, TVA, IVA, USt, MwSt, Umsatzsteuer, UID, TIN, BTW, GST, fiscal, Steuer, registration, reg, registry, "
    "commercial register, trade register, registre, registro, taxpayer, налоговый, налогоплательщика, регистрационный, "
    "税务, 纳税人, 工商注册, 注册"
)
"""Words that make a tax or registry number together with a word for an id only: "VAT" alone is mostly an amount."""
