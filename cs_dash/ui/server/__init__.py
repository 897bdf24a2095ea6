"""What Streamlit's server needs of us: the first HTML, files on their way in, what is done before the first visitor."""
