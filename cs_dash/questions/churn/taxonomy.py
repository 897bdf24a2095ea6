"""The taxonomy of churn reasons that the workspace of a request has."""

from __future__ import annotations

import json

from cs_dash.decisions.choices.churn_taxonomy import Taxonomy
from cs_dash.decisions.churn_categories import Category
from cs_dash.decisions.workspace_categories import taxonomy_of
from cs_dash.questions.request import QuestionRequest


def taxonomy(request: QuestionRequest) -> Taxonomy:
    """Return the taxonomy that the workspace began with, with what people decided of its categories."""
    rows = request.rows("churn_categories").to_pylist()
    return taxonomy_of({row["key"]: Category.from_dict(row["key"], json.loads(row["decided"])) for row in rows})
