"""What stands around Streamlit's server where people sign in: one door for every path and every live connection."""
