package footbridge.jms.link;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;

/// The broker does not take the account of a client.
final class LoginRefused extends ActiveMQException {

    private static final long serialVersionUID = 1L;

    LoginRefused(ActiveMQSecurityException cause) {
        super(ActiveMQExceptionType.SECURITY_EXCEPTION, String.valueOf(cause.getMessage()));
        initCause(cause);
    }
}
