"""cosmos-framework, as far as its command line goes; the work is done by cosmos_sim."""
