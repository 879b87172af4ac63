"""cosmos-transfer2.5's entry, as its checkout has one; the work is done by cosmos_sim."""

from cosmos_sim.transfer25.inference import main

if __name__ == "__main__":
    main()
