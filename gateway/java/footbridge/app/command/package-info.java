/// The commands `check` and `explain`, which need no running gateway.
@NullMarked
package footbridge.app.command;

import org.jspecify.annotations.NullMarked;
