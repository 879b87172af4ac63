"""cosmos-framework's entry, as its checkout has one."""

from cosmos_sim.cosmos3.inference import main

if __name__ == "__main__":
    main()
