"""The look: colours and type (`theme`), `charts`, formats of numbers and dates (`words`), HTML (`templates`)."""
