/// Tests of the users that are kept outside of the gateway, on a real directory and database.
@NullMarked
package footbridge.app.realm;

import org.jspecify.annotations.NullMarked;
