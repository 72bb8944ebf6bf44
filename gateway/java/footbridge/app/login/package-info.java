/// Asks Quarkus Security who a client is.
@NullMarked
package footbridge.app.login;

import org.jspecify.annotations.NullMarked;
