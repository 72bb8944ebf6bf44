/// Says what a rule does with a destination, for people and for programs.
@NullMarked
package footbridge.app.explain;

import org.jspecify.annotations.NullMarked;
