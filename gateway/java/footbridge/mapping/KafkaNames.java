package footbridge.mapping;

/// What Kafka takes as the name of a topic.
public final class KafkaNames {

    private static final int MAX_LENGTH = 249;

    /// How Kafka names the topics of its own, like `__consumer_offsets`.
    private static final String INTERNAL = "__";

    private KafkaNames() {}

    public static boolean isLegal(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && !name.equals(".")
                && !name.equals("..")
                && hasLegalCharacters(name);
    }

    private static boolean hasLegalCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLegal(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether the template, filled in, may be used. Kafka's own topics can be reached only by a
    /// rule which begins so itself, never by what a client put in.
    static boolean mayName(String filled, TextTemplate template) {
        boolean internal = filled.startsWith(INTERNAL) && !template.text().startsWith(INTERNAL);
        return !internal && isLegal(filled);
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
