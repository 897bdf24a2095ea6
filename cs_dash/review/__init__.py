"""The quarterly review: a deck of slides from the answers of one version, shown, presented and exported.

`deck` says what a deck is: frozen values, which everything else here makes, arranges or renders.
`contents.review_deck` makes the deck of a quarter from what answers its questions (`asking`); `arrangement` lets stand
on it what people decided about its slides.
"""
