-- CSM sentiment in words
-- words: Points for each word a CSM may use for an account.
-- edge cases: Words are compared in lower case. A number is not looked up here.
-- source: this product
-- tables: notes, accounts
-- column word: the word
-- column points: 0 to 100
create view pulse_points as
select unnest(words) as word, points
from (values
  (90, ['healthy', 'green', 'good', 'great', 'excellent', 'very good', 'happy', 'strong', 'low risk', 'gesund', 'grün', 'gut',
    'sehr gut', 'хорошо', 'отлично', 'здоровый', 'зелёный', 'зеленый', 'sano', 'verde', 'bueno', 'bien', '健康', '良好', '绿']),
  (55, ['neutral', 'yellow', 'amber', 'ok', 'okay', 'fair', 'average', 'watch', 'medium', 'medium risk', 'stable', 'gelb',
    'mittel', 'нормально', 'жёлтый', 'желтый', 'средне', 'regular', 'amarillo', 'neutro', '一般', '中等', '黄']),
  (20, ['at risk', 'at-risk', 'red', 'bad', 'poor', 'unhealthy', 'critical', 'high risk', 'risk', 'unhappy', 'gefährdet', 'rot',
    'schlecht', 'риск', 'в зоне риска', 'плохо', 'красный', 'en riesgo', 'rojo', 'malo', '有风险', '风险', '差', '红'])
) as listed(points, words)
