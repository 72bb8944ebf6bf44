package footbridge.session;

/// The bounds of what a session keeps for questions and answers.
///
/// @param temporaryQueues on how many temporary queues it may wait for answers
/// @param askers how many of those are remembered that wait for its answers on temporary queues of
///   theirs
public record AnswerLimits(int temporaryQueues, int askers) {

    public static final AnswerLimits DEFAULTS = new AnswerLimits(64, 1_000);
}
