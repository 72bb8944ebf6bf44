package footbridge.floorplan.breach.session;

import footbridge.floorplan.breach.attic.Forgotten;
import jakarta.jms.Message;

/// Uses a library that belongs to another room, and a room that is not on the plan.
public interface Talks {
    Message message(Forgotten forgotten);
}
