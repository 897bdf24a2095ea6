"""The look: colours and type (`theme`), drawings (`charts`), and how numbers and days are written (`words`)."""
