"""The screens: they ask, cache and show. The only package that imports Streamlit."""
