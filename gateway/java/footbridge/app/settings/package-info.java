/// The settings of the gateway, checked at the start, and the brokers they name.
@NullMarked
package footbridge.app.settings;

import org.jspecify.annotations.NullMarked;
