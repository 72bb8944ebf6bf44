/// Where users with passcodes are kept outside of the gateway: LDAP directories and databases.
@NullMarked
package footbridge.app.realm;

import org.jspecify.annotations.NullMarked;
