package footbridge.backend;

import java.util.Optional;

/// A message on its way to one subscriber, or shared by all subscribers of a topic.
///
/// @param tag what the backend that made it needs to settle it; means nothing to anyone else
/// @param key equal for messages of which a later one makes those before it needless
public record Delivery(Message message, long tag, Optional<Object> key) {

    /// A message that takes no other's place.
    public Delivery(Message message, long tag) {
        this(message, tag, Optional.empty());
    }

    /// With another look.
    public Delivery with(Message other) {
        return new Delivery(other, tag, key);
    }

    /// This one in the place of an older one that was not delivered.
    public Delivery insteadOf(Delivery older) {
        return with(message.inThePlaceOf(older.message));
    }
}
