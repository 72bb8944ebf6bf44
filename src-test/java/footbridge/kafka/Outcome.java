package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps every answer to one send: empty for a confirmation, else the failure. There must be one.
public final class Outcome implements Confirmation {

    final List<Optional<BackendFailure>> answers = new CopyOnWriteArrayList<>();

    /// Where the broker has said the message is.
    volatile Map<String, String> place = Map.of();

    @Override
    public void confirmed() {
        answers.add(Optional.empty());
    }

    @Override
    public void confirmed(Map<String, String> said) {
        place = said;
        confirmed();
    }

    @Override
    public void failed(BackendFailure why) {
        answers.add(Optional.of(why));
    }

    boolean known() {
        return !answers.isEmpty();
    }

    boolean isConfirmed() {
        return answers.equals(List.of(Optional.empty()));
    }

    /// The failure of a send that has failed.
    BackendFailure.Kind failure() {
        return answers.getFirst().orElseThrow().kind();
    }
}
