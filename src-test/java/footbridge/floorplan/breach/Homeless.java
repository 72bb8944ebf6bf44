package footbridge.floorplan.breach;

/// Lives outside of every room.
public interface Homeless {}
