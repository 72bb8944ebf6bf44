/// Who a client is and what it may do.
///
/// Ground floor. Uses the JDK only; identities are established by an
/// [footbridge.access.Authenticator] that an upper room provides.
@NullMarked
package footbridge.access;

import org.jspecify.annotations.NullMarked;
