/// Proves `app.settings`.
@NullMarked
package footbridge.app.settings;

import org.jspecify.annotations.NullMarked;
