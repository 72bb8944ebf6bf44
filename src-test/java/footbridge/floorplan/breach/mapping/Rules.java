package footbridge.floorplan.breach.mapping;

import footbridge.floorplan.breach.stomp.ReadsRules;
import java.util.List;

/// The other half of a cycle.
public interface Rules {
    List<ReadsRules> readers();
}
