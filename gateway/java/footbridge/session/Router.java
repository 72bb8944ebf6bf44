package footbridge.session;

import footbridge.access.Identity;
import footbridge.mapping.Mappings;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import java.util.function.Supplier;

/// Asks the rules in force where a client's destination leads.
final class Router {

    private final Supplier<Mappings> mappings;
    private final Identity identity;

    Router(Supplier<Mappings> mappings, Identity identity) {
        this.mappings = mappings;
        this.identity = identity;
    }

    /// @throws Refusal if it leads nowhere, or not for this client
    Route.Found route(Operation operation, String destination) throws Refusal {
        return switch (mappings.get().route(operation, destination, identity)) {
            case Route.Found found -> found;
            case Route.NotMapped _ ->
                    throw new Refusal(
                            ErrorCode.NO_SUCH_DESTINATION,
                            "No rule answers the destination '%s'.".formatted(destination));
            case Route.Closed _ ->
                    throw new Refusal(
                            ErrorCode.ACCESS_DENIED,
                            "The destination '%s' does not take %s from any client."
                                    .formatted(destination, operation));
            case Route.Denied _ ->
                    throw new Refusal(
                            ErrorCode.ACCESS_DENIED,
                            "This client may not %s at the destination '%s'."
                                    .formatted(operation, destination));
        };
    }
}
