"""The floor: bare Streamlit pages with the charts and tables of ours on constant data."""
