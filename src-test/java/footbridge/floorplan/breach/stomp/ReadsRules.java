package footbridge.floorplan.breach.stomp;

import footbridge.floorplan.breach.mapping.Rules;

/// Reaches up to a room above, which also closes a cycle.
public interface ReadsRules {
    Rules rules();
}
