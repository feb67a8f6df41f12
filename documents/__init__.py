"""Documents to download, made in memory from the frames and results they are handed. No Streamlit, no files."""
