"""What lists of MRR movements call them, in seven languages and by the products that export such lists."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_dash.schema import names

# Folded as names are: "новый" is "новыи".
_WORDS: dict[str, str] = {
    "new": r"new(?: (?:biz|business|customer|logo|sale|subscription))?|(?:trial )?converted|sign ?up|signed up"
    r"|start(?:ed)?|created|subscribed|activation|neu|neukunde|neugeschaft|nouveau(?: \w+)?|nouvelle(?: \w+)?"
    r"|nuev[oa](?: \w+)?|alta|nov[oa](?: \w+)?|новыи|новая(?: продажа)?|новые|подключение|新增|新客户|新签",
    "expansion": r"expan\w*|upgrade\w*|upsell\w*|cross ?sell\w*|increase\w*|growth|erweiter\w*|erhohung|augmentation"
    r"|extension|ampliacion|aumento|subida|расширен\w*|повышен\w*|апгрейд|апсейл|升级|扩展|增购",
    "contraction": r"contract(?:ion|ed)|downgrade\w*|downsell\w*|decrease\w*|shrink\w*|kontraktion|reduzierung"
    r"|verringerung|herabstufung|reduction|baisse|diminution|contraccion|reduccion|contracao|reducao|diminuicao"
    r"|сокращен\w*|снижен\w*|понижен\w*|даунгрейд|降级|缩减|减购|收缩",
    "churn": r"churn\w*(?: delinquent)?|cancel\w*|lost|left|terminat\w*|ended|expired|abwanderung|kundigung|gekundigt"
    r"|abgang|resili\w*|desabonn\w*|perte|perda|baja|cancelacion|cancelamento|encerr\w*|отток|уход|ушел|отмен\w*"
    r"|расторжен\w*|流失|取消|退订",
    "reactivation": r"reactiv\w*|restart\w*|resubscri\w*|win ?back|won back|resurrect\w*|returned|resumed|reaktivier\w*"
    r"|ruckgew\w*|reativ\w*|возврат|реактивац\w*|重新激活|回流",
}
KINDS = tuple(_WORDS)
GROWTH, LOSS = ("new", "expansion", "reactivation"), ("contraction", "churn")
_KINDS = {kind: re.compile(rf"(?:mrr |arr )?(?:{words})(?: (?:mrr|arr))?") for kind, words in _WORDS.items()}


@lru_cache(maxsize=10_000)
def kind_of(text: str) -> str | None:
    """Return which movement a word means: new, reactivation, expansion, contraction, churn; None for others.

    >>> kind_of("new_biz"), kind_of("Churned MRR"), kind_of("Downgrade"), kind_of("active")
    ('new', 'churn', 'contraction', None)
    """
    plain = names.folded(text)
    return next((kind for kind, words in _KINDS.items() if words.fullmatch(plain)), None)
