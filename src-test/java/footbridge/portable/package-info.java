/// The room `portable` on a real ActiveMQ Classic.
@NullMarked
package footbridge.portable;

import org.jspecify.annotations.NullMarked;
