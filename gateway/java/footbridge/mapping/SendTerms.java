package footbridge.mapping;

/// What a rule says about the messages that clients send.
///
/// @param headers how their headers are changed on the way to the broker
/// @param message what the broker is to do with them; only JMS brokers are told
public record SendTerms(HeaderTerms headers, MessageTerms message) {

    static final SendTerms BUILT_IN = new SendTerms(HeaderTerms.NONE, MessageTerms.NONE);

    SendTerms forKafka() {
        return new SendTerms(headers, MessageTerms.NONE);
    }
}
