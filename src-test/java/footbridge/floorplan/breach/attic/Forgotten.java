package footbridge.floorplan.breach.attic;

/// Lives in a room that is not on the plan.
public interface Forgotten {}
