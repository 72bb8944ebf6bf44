/// The folder `breach` breaks every rule of the floor plan once, so that the rules are seen to
/// fail. Used by `FloorPlanTest` alone.
@NullMarked
package footbridge.floorplan;

import org.jspecify.annotations.NullMarked;
