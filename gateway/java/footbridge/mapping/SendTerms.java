package footbridge.mapping;

/// What a rule says about the messages that clients send.
///
/// @param headers how their headers are changed on the way to the broker
/// @param message what the broker is to do with them; only JMS brokers are told
/// @param exactlyOnce whether each must have a `duplicate-id`, by which the broker knows it when it
///   is sent again; only JMS brokers can be told
public record SendTerms(HeaderTerms headers, MessageTerms message, boolean exactlyOnce) {

    static final SendTerms BUILT_IN = new SendTerms(HeaderTerms.NONE, MessageTerms.NONE, false);

    SendTerms forKafka() {
        return new SendTerms(headers, MessageTerms.NONE, false);
    }

    SendTerms exactlyOnce(boolean demanded) {
        return new SendTerms(headers, message, demanded);
    }
}
