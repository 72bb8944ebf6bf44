package footbridge.app.realm;

import java.util.Set;

/// Knows users and their passcodes. Safe for use by any thread.
public interface UserStore {

    /// Looks a user up. Blocks while the store is asked, for a bounded time.
    ///
    /// @throws StoreUnavailable if it cannot tell now
    Answer look(String name, char[] passcode);

    /// What the store says of a name and a passcode.
    sealed interface Answer {

        /// Nobody has that name here.
        record Unknown() implements Answer {}

        /// The passcode is not that of the user.
        record Wrong() implements Answer {}

        /// It is.
        ///
        /// @param name as the store spells it
        record Known(String name, Set<String> roles) implements Answer {}
    }

    /// The store cannot be asked, or cannot answer.
    final class StoreUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoreUnavailable(String message, Throwable cause) {
            super(message + ": " + cause.getMessage(), cause);
        }
    }
}
