package footbridge.faults;

import java.util.Random;

/// How much of a fault run is done, and the seed of all that is left to chance.
record Scale(int rounds, int clients, long seed) {

    /// The short form, unless `-Dfaults.rounds`, `-Dfaults.clients` and `-Dfaults.seed` say
    /// otherwise.
    static Scale orElse(int rounds, int clients) {
        return new Scale(
                Integer.getInteger("faults.rounds", rounds),
                Integer.getInteger("faults.clients", clients),
                Long.getLong("faults.seed", System.nanoTime()));
    }

    Random chance() {
        return new Random(seed);
    }
}
