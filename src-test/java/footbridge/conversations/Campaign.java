package footbridge.conversations;

import java.util.SplittableRandom;

/// How long hostile clients go on, and the seed of all that is left to chance; printed, so that a
/// run can be repeated.
record Campaign(int rounds, long seed) {

    /// @param rounds unless `-Dhostile.rounds` says otherwise; `-Dhostile.seed` repeats a run
    static Campaign ofRounds(int rounds) {
        var campaign =
                new Campaign(
                        Integer.getInteger("hostile.rounds", rounds),
                        Long.getLong("hostile.seed", System.nanoTime()));
        System.out.println("hostile clients: " + campaign);
        return campaign;
    }

    /// What is left to chance in one round, or for one client of it.
    SplittableRandom chance(int round, int client) {
        return new SplittableRandom(seed + 1_000_003L * round + client);
    }
}
